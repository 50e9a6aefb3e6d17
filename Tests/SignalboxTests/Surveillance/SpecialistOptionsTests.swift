import HTTP
import Identity
import Testing

@testable import signalbox

/// The options of the surveillance agents, and how the demo gives them.
struct SpecialistOptionsTests {
  private static let peers = ["--peer-ca", "a.pem", "--peer-cert", "c.pem", "--peer-key", "k.pem"]

  private func options(_ words: [String]) throws -> AgentOptions {
    let parser = ArgumentParser(root: CommandTree.root)
    guard case .run(_, let arguments, let command) = try parser.parse(["agent"] + words) else {
      throw UsageError(message: "This is help.", invocation: "")
    }
    return try AgentOptions(arguments, command)
  }

  private func refusal(_ words: [String]) -> String {
    do {
      _ = try options(words + ["--plain-http"])
      return ""
    } catch let error as UsageError {
      return error.message
    } catch {
      return "\(error)"
    }
  }

  @Test func `the orchestrator has its specialists by name, and demands that their certificates name them`() throws {
    let made = try options(
      [
        "orchestrator", "--plain-http", "--specialist", "insider-trading=https://a.example:7443", "--specialist",
        "wash-trade=https://b.example",
      ] + Self.peers)
    #expect(made.specialists.map(\.name) == [.insiderTrading, .washTrade])
    #expect(made.specialists.map(\.peer.name) == [.insiderTrading, .washTrade])
    #expect(made.specialists.map(\.peer.url.description) == ["https://a.example:7443/", "https://b.example/"])
    #expect(made.specialists.first?.peer.files?.certificate == "c.pem")
    let near = try options(["orchestrator", "--plain-http", "--specialist", "wash-trade=http://127.0.0.1:1"])
    #expect(near.specialists.count == 1 && near.specialists.first?.peer.files == nil)
  }

  @Test func `a specialist has its data and its pace`() throws {
    let made = try options(["wash-trade", "--plain-http", "--data", "d", "--pace", "60000"])
    #expect(made.dataFolder == "d" && made.pace == 60_000 && made.specialists.isEmpty)
    #expect(try options(["insider-trading", "--plain-http", "--data", "d"]).pace == 0)
  }

  @Test(arguments: [
    (
      ["orchestrator"],
      "The option --specialist is needed: name who works for the orchestrator, of insider-trading, wash-trade."
    ),
    (
      ["orchestrator", "--specialist", "spoofing=https://a"],
      "The option --specialist is NAME=URL with one of the names insider-trading, wash-trade, not "
        + "\"spoofing=https://a\"."
    ),
    (["orchestrator", "--specialist", "conformance=https://a"], "is NAME=URL with one of the names"),
    (["orchestrator", "--specialist", "wash-trade"], "The option --specialist is NAME=URL"),
    (["orchestrator", "--specialist", "wash-trade=ftp://a"], "The option --specialist is wrong: "),
    (
      ["orchestrator", "--specialist", "wash-trade=https://a"],
      "The option --peer-ca is needed for --specialist: agents speak TLS with certificates on both sides."
    ),
    (
      [
        "orchestrator", "--specialist", "wash-trade=http://127.0.0.1:1", "--specialist",
        "wash-trade=http://127.0.0.1:2",
      ],
      "The option --specialist names wash-trade twice."
    ),
    (
      ["orchestrator", "--specialist", "wash-trade=http://127.0.0.1:1", "--peer-key", "k"],
      "The option --peer-key is for https, and --specialist is http."
    ),
    (
      ["conformance", "--specialist", "wash-trade=https://a"],
      "The agent conformance calls no others; leave --specialist out."
    ),
    (
      ["insider-trading"],
      "The option --data is needed: the agent insider-trading works on reference data. Make some with signalbox "
        + "reference generate."
    ),
    (["wash-trade", "--data="], "The option --data is needed"),
    (["conformance", "--data", "d"], "The agent conformance needs no --data."),
    (["conformance", "--pace", "1"], "The option --pace is for agents with tools, and conformance has none."),
    (
      ["wash-trade", "--data", "d", "--pace", "60001"],
      "The option --pace is a whole number from 0 to 60000, not \"60001\"."
    ),
  ])
  func `what makes no sense is refused with what would`(words: [String], text: String) {
    #expect(refusal(words).contains(text), "\(refusal(words))")
  }

  // MARK: The demo

  @Test func `the demo lets the gateway and the orchestrator call the specialists, and nobody else`() throws {
    let scratch = try Scratch()
    let agents: [AgentName] = [.orchestrator, .insiderTrading, .washTrade]
    let pki = try DemoPKI.prepare(at: "\(scratch.path)/pki", agents: agents, now: .now())
    let folder = DemoFolder("\(scratch.path)/demo")
    let specialist = DemoAgent.arguments(.washTrade, folder, pki, pace: 9)
    let made = try options(Array(specialist.dropFirst()))
    #expect(made.dataFolder == folder.reference && made.pace == 9 && made.stopsAtInputEnd)
    #expect(
      Self.values(of: "--allow", in: specialist) == [
        "spiffe://signalbox.local/gateway/demo", "spiffe://signalbox.local/agent/orchestrator",
      ])
    let callee = try DemoAgent(.washTrade, ready: Array(#"{"pid":7,"url":"https://localhost:9"}"#.utf8))
    let orchestrator = DemoAgent.arguments(.orchestrator, folder, pki, callees: [callee], pace: 9)
    let caller = try options(Array(orchestrator.dropFirst()))
    #expect(Self.values(of: "--allow", in: orchestrator) == ["spiffe://signalbox.local/gateway/demo"])
    #expect(caller.specialists.map(\.peer.url.description) == ["https://localhost:9/"] && caller.pace == 0)
    let shown = try #require(caller.specialists.first?.peer.files?.certificate)
    #expect(
      try DevelopmentPKI.show(shown).alternativeNames.first == .uri("spiffe://signalbox.local/agent/orchestrator"))
    #expect(throws: Never.self) { _ = try caller.configuration() }
  }

  private static func values(of option: String, in words: [String]) -> [String] {
    zip(words, words.dropFirst()).filter { $0.0 == option }.map(\.1)
  }
}
