import Testing

@testable import signalbox

/// What a demo does when something happens, as a value.
struct DemoLifeTests {
  private let agent = DemoRole.agent(.conformance)

  private func end(_ cause: String = "status 0") -> DemoProcess.End { .init(processID: 7, cause: cause) }

  private func running(_ agents: [AgentName]) -> DemoLife {
    var life = DemoLife(agents: agents)
    _ = life.begin()
    for name in agents { _ = life.take(.process(.agent(name), .listening)) }
    #expect(life.take(.process(.gateway, .listening)) == [.announce])
    #expect(life.state == .running)
    return life
  }

  @Test func `without agents the gateway is started at once, with agents when they listen`() {
    var alone = DemoLife(agents: [])
    #expect(alone.begin() == [.limit(.starting), .startGateway])
    var life = DemoLife(agents: [.conformance])
    #expect(life.begin() == [.limit(.starting), .startAgent(.conformance)])
    #expect(life.take(.process(agent, .listening)) == [.startGateway])
  }

  @Test func `who calls others is started when they listen, and stopped with them behind the gateway`() {
    var life = DemoLife(agents: [.orchestrator, .insiderTrading, .washTrade])
    #expect(life.begin() == [.limit(.starting), .startAgent(.insiderTrading), .startAgent(.washTrade)])
    #expect(life.take(.process(.agent(.washTrade), .listening)).isEmpty)
    #expect(life.take(.process(.agent(.insiderTrading), .listening)) == [.startAgent(.orchestrator)])
    #expect(life.take(.process(.agent(.orchestrator), .listening)) == [.startGateway])
    #expect(life.take(.process(.gateway, .listening)) == [.announce])
    #expect(life.take(.signal) == [.withdraw, .stop(.gateway), .limit(.stopping)])
    #expect(
      life.take(.process(.gateway, .exited(end())))
        == [.stop(.agent(.orchestrator)), .stop(.agent(.insiderTrading)), .stop(.agent(.washTrade))])
  }

  @Test func `the gateway is stopped before its agents`() {
    var life = running([.conformance])
    #expect(life.take(.signal) == [.withdraw, .stop(.gateway), .limit(.stopping)])
    #expect(life.take(.process(.gateway, .exited(end()))) == [.stop(agent)])
    #expect(life.take(.process(agent, .exited(end()))) == [.end(nil)])
  }

  @Test func `a second signal and the end of patience are for whoever is left`() {
    var life = running([.conformance])
    _ = life.take(.signal)
    #expect(life.take(.signal) == [.stop(.gateway), .stop(agent)])
    #expect(life.take(.tooLate(.starting)).isEmpty)
    #expect(life.take(.tooLate(.stopping)) == [.kill(.gateway), .kill(agent)])
    #expect(life.take(.process(agent, .exited(end()))).isEmpty)
    #expect(life.take(.tooLate(.stopping)) == [.kill(.gateway)])
    #expect(life.take(.process(.gateway, .exited(end()))) == [.end(nil)])
  }

  @Test func `an agent that dies is told of, and the demo goes on`() {
    var life = running([.conformance])
    #expect(life.take(.process(agent, .exited(end("signal 9")))) == [.tellDeath(agent, end("signal 9"))])
    #expect(life.state == .running)
    #expect(life.take(.signal) == [.withdraw, .stop(.gateway), .limit(.stopping)])
    #expect(life.take(.process(.gateway, .exited(end()))) == [.end(nil)])
  }

  @Test func `without its gateway a demo ends, agents and all`() {
    var life = running([.conformance])
    #expect(
      life.take(.process(.gateway, .exited(end("signal 9")))) == [.withdraw, .stop(agent), .limit(.stopping)])
    #expect(life.take(.process(agent, .exited(end()))) == [.end(.died(.gateway, end("signal 9")))])
    var alone = running([])
    #expect(
      alone.take(.process(.gateway, .exited(end("signal 9")))) == [.withdraw, .end(.died(.gateway, end("signal 9")))])
  }

  @Test func `what dies or dallies at the start is why there is no demo`() {
    var dead = DemoLife(agents: [.conformance])
    _ = dead.begin()
    #expect(
      dead.take(.process(agent, .exited(end("status 1")))) == [.withdraw, .end(.died(agent, end("status 1")))])
    var late = DemoLife(agents: [.conformance])
    _ = late.begin()
    #expect(late.take(.tooLate(.starting)) == [.withdraw, .stop(agent), .limit(.stopping)])
    #expect(late.take(.process(agent, .exited(end()))) == [.end(.late(agent))])
    var lateGateway = DemoLife(agents: [.conformance])
    _ = lateGateway.begin()
    _ = lateGateway.take(.process(agent, .listening))
    #expect(lateGateway.take(.tooLate(.starting)) == [.withdraw, .stop(.gateway), .limit(.stopping)])
    #expect(lateGateway.take(.process(.gateway, .exited(end()))) == [.stop(agent)])
    #expect(lateGateway.take(.process(agent, .exited(end()))) == [.end(.late(.gateway))])
    var mute = running([])
    #expect(mute.take(.unannounced) == [.withdraw, .stop(.gateway), .limit(.stopping)])
    #expect(mute.take(.process(.gateway, .exited(end()))) == [.end(.unannounced)])
  }
}
