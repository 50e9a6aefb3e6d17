import A2A
import AgentKit
import HTTP
import Testing
import Wire

@testable import signalbox

struct AgentOptionsTests {
  private static let files = ["--cert", "c.pem", "--key", "k.pem", "--ca", "a.pem"]

  private func options(_ words: [String]) throws -> AgentOptions {
    guard case .run(_, let arguments, let command) = try ArgumentParser(root: CommandTree.root).parse(["agent"] + words)
    else { throw UsageError(message: "This is help.", invocation: "") }
    return try AgentOptions(arguments, command)
  }

  private func refusal(_ words: [String]) -> String {
    do {
      _ = try options(words)
      return ""
    } catch let error as UsageError {
      return error.description
    } catch {
      return "\(error)"
    }
  }

  @Test func `an agent needs its certificates, or plain HTTP on a loopback address`() throws {
    #expect(try options(["conformance"] + Self.files).name == .conformance)
    #expect(try options(["conformance", "--plain-http", "--listen", "[::1]:0"]).name == .conformance)
    #expect(refusal(["conformance"]).contains("The option --cert is needed"))
    #expect(refusal(["conformance", "--cert", "c"]).contains("The option --key is needed"))
    #expect(refusal(["conformance", "--cert", "c", "--key", "k"]).contains("The option --ca is needed"))
    #expect(refusal(["conformance", "--plain-http", "--listen", "0.0.0.0:1"]).contains("loopback addresses only"))
    #expect(refusal(["conformance", "--plain-http"] + Self.files).contains("do not go together"))
    #expect(refusal(["conformance", "--plain-http", "--allow", "x"]).contains("needs certificates"))
  }

  @Test(arguments: [
    (["nobody"], "There is no agent \"nobody\". There are: conformance, orchestrator, "),
    (["conformance", "--listen", "localhost:1"], "The option --listen is wrong: \"localhost\" is not a numeric"),
    (["conformance", "--listen", "127.0.0.1"], "The option --listen is wrong: \"127.0.0.1\" is no address"),
    (["conformance", "--listen", "127.0.0.1:99999"], "99999 is not a port"),
    (["conformance", "--max-tasks", "0"], "The option --max-tasks is a whole number from 1 to 1000000, not \"0\"."),
    (["conformance", "--grace", "soon"], "The option --grace is a whole number from 0 to 3600, not \"soon\"."),
    (["conformance", "--without", "sense"], "There is no capability \"sense\" to do without. There are: streaming"),
    (["conformance", "--log-level", "loud"], "The option --log-level is trace, debug"),
    (
      ["conformance", "--versions", "2.0"],
      "The option --versions is 1.0, 0.3, or both with a comma between, not \"2.0\"."
    ),
    (["conformance", "--versions", "1.0,1.0"], "The option --versions is"),
    (["conformance", "--versions", ""], "The option --versions is"),
    (["conformance", "--origin", "https://a.example/"], "The option --origin is a scheme"),
    (["conformance", "--peer", "a.example"], "The option --peer is wrong: "),
    (["conformance", "--peer", "http://a.example:1"], "The option --peer is wrong: "),
    (["conformance", "--peer", "https://a.example"], "The option --peer-ca is needed for --peer"),
    (["conformance", "--peer", "https://a.example", "--peer-ca", "a"], "The option --peer-cert is needed"),
    (
      ["conformance", "--peer-key", "k"],
      "The option --peer-key is for the agent of --peer or --specialist, and there is none."
    ),
    (
      ["conformance", "--peer", "http://127.0.0.1:1", "--peer-ca", "a"],
      "The option --peer-ca is for https, and --peer is http."
    ),
  ])
  func `what makes no sense is refused with what would`(words: [String], text: String) {
    #expect(refusal(words + Self.files).contains(text), "\(refusal(words + Self.files))")
  }

  @Test func `another agent has its address and its files, or is on this machine`() throws {
    let files = ["--peer-ca", "a.pem", "--peer-cert", "c.pem", "--peer-key", "k.pem"]
    let peer = try options(["conformance", "--plain-http", "--peer", "https://a.example:7443"] + files).peer
    #expect(peer?.url.description == "https://a.example:7443/")
    #expect(peer?.files == AgentPeer.Files(authority: "a.pem", certificate: "c.pem", key: "k.pem"))
    let near = try options(["conformance", "--plain-http", "--peer", "http://127.0.0.1:1"]).peer
    #expect(near != nil && near?.files == nil)
    #expect(try options(["conformance", "--plain-http"]).peer == nil)
  }

  @Test func `what was asked for is in the configuration`() throws {
    let configuration = try options([
      "conformance", "--plain-http", "--listen", "127.0.0.1:7443", "--max-tasks", "7", "--grace", "3",
      "--push-private", "--origin", "http://agent.example:1", "--versions", "0.3,1.0",
    ]).configuration()
    #expect(configuration.address.port == 7443)
    #expect(configuration.tasks.tasks == 7)
    #expect(configuration.grace == .seconds(3))
    #expect(configuration.allowsPrivatePush)
    #expect(configuration.versions == [.v0_3, .v1])
    #expect(configuration.origin == "http://agent.example:1")
  }
}
