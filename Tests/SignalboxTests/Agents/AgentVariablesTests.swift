import A2A
import AgentKit
import Telemetry
import Testing

@testable import signalbox

/// Agents that are told by the environment what they are, as those before them were.
struct AgentVariablesTests {
  private func options(_ words: [String], _ environment: [String: String]) throws -> AgentOptions {
    guard case .run(_, let arguments, let command) = try ArgumentParser(root: CommandTree.root).parse(["agent"] + words)
    else { throw UsageError(message: "This is help.", invocation: "") }
    return try AgentOptions(arguments, command, environment: environment)
  }

  private func refusal(_ words: [String], _ environment: [String: String]) -> String {
    do {
      _ = try options(words, environment)
      return ""
    } catch { return "\(error)" }
  }

  @Test(arguments: [
    ("insider_trading", AgentName.insiderTrading), ("WASH-TRADE", .washTrade), ("conformance", .conformance),
  ])
  func `AGENT_TYPE names the agent, and the word behind the command beats it`(type: String, name: AgentName) throws {
    let data = name.needsReferenceData ? ["--data", "d"] : []
    #expect(try options(["--plain-http"] + data, ["AGENT_TYPE": type]).name == name)
    #expect(try options(["conformance", "--plain-http"], ["AGENT_TYPE": type]).name == .conformance)
  }

  @Test func `port, level, heartbeat and streams are taken, and options beat them`() throws {
    let environment = [
      "PORT": "10001", "LOG_LEVEL": "DEBUG", "SSE_HEARTBEAT_INTERVAL": "20", "SSE_MAX_CONCURRENT": "7",
    ]
    let taken = try options(["conformance", "--plain-http"], environment)
    let configuration = try taken.configuration()
    #expect("\(configuration.address)" == "127.0.0.1:10001" && taken.logLevel == .debug)
    #expect(configuration.heartbeat == .seconds(20) && configuration.tasks.streams == 7)
    let own = try options(
      ["conformance", "--plain-http", "--listen", "127.0.0.1:7", "--log-level", "error"], environment)
    #expect("\(try own.configuration().address)" == "127.0.0.1:7" && own.logLevel == .error)
  }

  @Test func `the orchestrator finds its specialists, unless options name them`() throws {
    let environment = [
      "INSIDER_TRADING_AGENT_URL": "http://127.0.0.1:10001", "WASH_TRADE_URL": "http://127.0.0.1:10002",
    ]
    let both = try options(["orchestrator", "--plain-http"], environment).specialists
    #expect(both.map(\.name) == [.insiderTrading, .washTrade])
    #expect(both.map { "\($0.peer.url)" }.allSatisfy { $0.contains("127.0.0.1:1000") })
    let own = ["orchestrator", "--plain-http", "--specialist", "wash-trade=http://127.0.0.1:1"]
    #expect(try options(own, environment).specialists.map(\.name) == [.washTrade])
    #expect(try options(["conformance", "--plain-http"], environment).specialists.isEmpty)
    let files = ["--peer-ca", "a", "--peer-cert", "b", "--peer-key", "c"]
    let secure = ["INSIDER_TRADING_AGENT_URL": "https://agent.example:1"]
    #expect(try options(["orchestrator", "--plain-http"] + files, secure).specialists.count == 1)
  }

  @Test(arguments: [
    (["--plain-http"], [:], "needs NAME, or AGENT_TYPE"),
    (["--plain-http"], ["AGENT_TYPE": "x"], "AGENT_TYPE is \"x\""),
    (["conformance", "--plain-http"], ["PORT": "x"], "PORT is a whole number from 0 to 65535, not \"x\"."),
    (["conformance", "--plain-http"], ["LOG_LEVEL": "loud"], "LOG_LEVEL is trace"),
    (["conformance", "--plain-http"], ["SSE_HEARTBEAT_INTERVAL": "0"], "SSE_HEARTBEAT_INTERVAL is a whole number"),
    (["conformance", "--plain-http"], ["SSE_MAX_CONCURRENT": "no"], "SSE_MAX_CONCURRENT is a whole number"),
    (["orchestrator", "--plain-http"], ["WASH_TRADE_AGENT_URL": "nowhere"], "environment's URL \"nowhere\" is wrong"),
  ])
  func `what is wrong is named`(words: [String], environment: [String: String], text: String) {
    #expect(refusal(words, environment).contains(text), "\(refusal(words, environment))")
  }
}
