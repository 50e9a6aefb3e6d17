import HTTP
import Identity
import JSON
import Telemetry
import TestSupport
import Testing
import Wire

/// An agent with a good card that does not keep to the protocol.
enum RudeAgent: String, CaseIterable, Sendable {
  /// An answer that is no JSON.
  case garbage
  /// An event that is JSON, and nothing else.
  case foreignEvent
  /// Somebody else's task.
  case otherTask
  /// It ends the task, and goes on talking.
  case endless

  /// Serves while `body` does, and gives it its port.
  func serve<Value>(_ station: Station, _ body: (Int) async throws -> Value) async throws -> Value {
    ProcessSetup.prepare()
    let files = station.pki.layout
    let tls = try TLSConfiguration(
      identity: try TLSIdentity.load(chainFile: files.server.certificate, keyFile: files.server.key))
    let port = try Ports.free().agents
    var router = Router()
    router.on(.get, "/.well-known/agent-card.json") { _ in .json(Array(Self.card(port).utf8)) }
    router.on(.post, "/a2a") { request in
      let call = try JSONValue(parsing: try await request.body.collect())
      let id = try #require(call["id"])
      var writer = JSONWriter()
      writer.value(id)
      return answer(to: String(decoding: writer.bytes, as: UTF8.self))
    }
    let server = Server(
      loops: 1,
      telemetry: ServerTelemetry(
        log: Log(sink: DiscardSink(), minimumLevel: .error, clock: { 0 }), metrics: MetricsRegistry()))
    _ = try await server.start([
      ListenerConfiguration(
        name: "rude", address: try SocketAddress(host: "127.0.0.1", port: port), security: .tls(tls), router: router)
    ])
    do {
      let value = try await body(port)
      await server.stop(grace: .zero)
      return value
    } catch {
      await server.stop(grace: .zero)
      throw error
    }
  }

  private static func card(_ port: Int) -> String {
    """
    {"name":"rude","description":"Breaks rules.","version":"1.0.0","capabilities":{"streaming":true},
     "supportedInterfaces":[{"url":"https://127.0.0.1:\(port)/a2a","protocolBinding":"JSONRPC","protocolVersion":"1.0"}],
     "defaultInputModes":["*/*"],"defaultOutputModes":["*/*"],
     "skills":[{"id":"rude","name":"Rude","description":"Rude.","tags":["test"]}]}
    """
  }

  private func answer(to id: String) -> Response {
    func event(_ result: String) -> String { #"data: {"jsonrpc":"2.0","id":\#(id),"result":\#(result)}"# + "\n\n" }
    func status(_ state: String, of task: String = "t1") -> String {
      event(#"{"statusUpdate":{"taskId":"\#(task)","contextId":"c1","status":{"state":"TASK_STATE_\#(state)"}}}"#)
    }
    let begun = event(#"{"task":{"id":"t1","contextId":"c1","status":{"state":"TASK_STATE_WORKING"}}}"#)
    let body =
      switch self {
      case .garbage: "data: ]}{\n\n"
      case .foreignEvent: begun + event(#"{"weather":"fine"}"#)
      case .otherTask: begun + status("COMPLETED", of: "t2")
      case .endless: begun + status("COMPLETED") + status("WORKING") + status("FAILED")
      }
    return Response(fields: HTTPFields([("content-type", "text/event-stream")]), body: .bytes(Array(body.utf8)))
  }
}
