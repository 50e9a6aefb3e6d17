import A2A
import A2AWire
import AgentKit
import JSON
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct PauseRefusalTests {
  private static func atWork(_ isPausable: Bool) async throws -> (TestStore, AgentTask, Gate) {
    let gate = Gate()
    let made = TestStore(profile: { $0.isPausable = isPausable }) { context in
      await gate.pass()
      return "heard \(try await context.takeMessages().count)"
    }
    let task = try await made.begin()
    #expect(await eventually { gate.arrived == 1 })
    return (made, task, gate)
  }

  @Test func `The card names the extension where the profile says that tasks can be paused, and only there`() {
    for isPausable in [true, false] {
      let made = TestStore(profile: { $0.isPausable = isPausable }) { _ in nil }
      let extensions = made.store.card.capabilities.extensions
      #expect(extensions.contains { $0.uri == PauseRequest.extensionURI } == isPausable)
      #expect(extensions.allSatisfy { !$0.isRequired })
    }
  }

  @Test func `An agent that cannot be paused says so, and takes it for nothing else`() async throws {
    let (made, task, gate) = try await Self.atWork(false)
    for request in [PauseRequest.pause, .resume] {
      let error = try await refusal { try await made.ask(request, task) }
      #expect(error.code == .unsupportedOperation)
      #expect(error.message.contains("cannot be paused") && error.message.contains(PauseRequest.extensionURI))
    }
    gate.open()
    #expect(await eventually { (try? await made.get(task).status.message?.text) == "heard 0" })
  }

  @Test(arguments: [
    #"{"request":"stop"}"#, #"{"request":1}"#, "{}", "null", #""pause""#,
  ])
  func `What asks for neither is refused with what may be asked for`(form: String) async throws {
    let (made, task, gate) = try await Self.atWork(true)
    var request = SendMessageRequest.pausing(.pause, task)
    request.message.metadata = try JSONValue(parsing: #"{"\#(PauseRequest.extensionURI)":\#(form)}"#)
    let error = try await refusal { _ = try await made.store.send(request, .by(.named("a"))) }
    #expect(error.code == .invalidParams)
    #expect(error.message.contains(#""pause" or "resume""#), "\(error.message)")
    gate.open()
    #expect(await eventually { (try? await made.get(task).status.message?.text) == "heard 0" })
  }

  @Test func `A pause of no task, of an ended one and of somebody else's is refused`() async throws {
    let (made, task, gate) = try await Self.atWork(true)
    var none = SendMessageRequest.pausing(.pause, task)
    none.message.taskID = nil
    let nowhere = try await refusal { _ = try await made.store.send(none, .by(.named("a"))) }
    #expect(nowhere.code == .invalidParams && nowhere.message.contains("taskId"))
    let foreign = try await refusal {
      _ = try await made.store.send(.pausing(.pause, task), .by(.named("b")))
    }
    #expect(foreign.code == .taskNotFound)
    #expect(try await made.get(task).isPaused == false)
    gate.open()
    #expect(await eventually { (try? await made.get(task).status.state) == .completed })
    let late = try await refusal { try await made.ask(.pause, task) }
    #expect(late.code == .unsupportedOperation && late.message.contains("has ended"))
    #expect(try await made.list().totalSize == 1)
  }

  @Test func `A cancel that is under way is stronger than a pause`() async throws {
    let (made, task, gate) = try await Self.atWork(true)
    async let canceled = made.cancel(task)
    #expect(await eventually { made.time.due == [.seconds(5)] })
    #expect(try await made.ask(.pause, task).isPaused == false)
    gate.open()
    #expect(try await canceled.status.state == .canceled)
  }
}
