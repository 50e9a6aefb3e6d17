import AgentKit
import Telemetry
import Wire

@main
enum Main {
  static func main() async throws {
    let words = CommandLine.arguments
    guard words.count == 5 else { return print("Usage: hello-agent HOST:PORT CERTIFICATE KEY CLIENT-CA") }
    ProcessSetup.prepare()
    let configuration = try AgentServerConfiguration(
      listen: words[1], certificate: words[2], key: words[3], clientAuthority: words[4])
    let server = AgentServer(HelloAgent(), configuration: configuration, log: try .standardError())
    print("hello \(try await server.start().origin)")
    await StopSignal.wait()
    await server.stop()
  }
}
