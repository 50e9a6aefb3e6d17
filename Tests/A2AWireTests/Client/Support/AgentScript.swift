import A2A
import A2AWire
import HTTP
import TestSupport

/// An agent of a few lines, which answers byte by byte what a script says.
enum AgentScript {
  /// Shows the card, takes one more request, and leaves the answer to `answer`.
  static func answering(
    in dialect: Dialect = Dialect(.jsonRPC, .v1), _ answer: @escaping @Sendable (Peer) throws -> Void
  ) -> @Sendable (TLSServer.Connection) throws -> Void {
    { connection in
      try connection.shakeHands()
      let peer = Peer(connection)
      try peer.showCard(dialect)
      try peer.takeRequest()
      try answer(peer)
    }
  }

  /// The answer is a stream that begins with these events.
  static func streaming(
    in dialect: Dialect = Dialect(.jsonRPC, .v1), _ events: TaskEvent...,
    then end: @escaping @Sendable (Peer) throws -> Void
  ) -> @Sendable (TLSServer.Connection) throws -> Void {
    answering(in: dialect) { peer in
      try peer.beginStream()
      for event in events { try peer.send(event) }
      try end(peer)
    }
  }

  /// The other end of one connection. Used on the server's thread.
  final class Peer {
    let connection: TLSServer.Connection
    private(set) var head = ""
    private(set) var body = ""
    private var buffer: [UInt8] = []

    init(_ connection: TLSServer.Connection) {
      self.connection = connection
    }

    /// Reads a whole request.
    func takeRequest() throws {
      while buffer.firstRange(of: Array("\r\n\r\n".utf8)) == nil { try receive() }
      guard let end = buffer.firstRange(of: Array("\r\n\r\n".utf8)) else { return }
      head = String(decoding: buffer[..<end.lowerBound], as: UTF8.self)
      let length = field("content-length").flatMap { Int($0) } ?? 0
      while buffer.count < end.upperBound + length { try receive() }
      body = String(decoding: buffer[end.upperBound..<(end.upperBound + length)], as: UTF8.self)
      buffer.removeFirst(end.upperBound + length)
    }

    private func receive() throws {
      guard let more = connection.receive() else { throw TLSClient.Failure(description: "no more requests") }
      buffer += more
    }

    func field(_ name: String) -> String? {
      let line = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name + ":") }
      return line.map { String($0.drop { $0 != ":" }.dropFirst().drop { $0 == " " }) }
    }

    /// Answers the request for the card, with one that names this server.
    func showCard(_ dialect: Dialect) throws {
      try takeRequest()
      let binding = dialect.binding == .jsonRPC ? "JSONRPC" : "HTTP+JSON"
      try answer(
        """
        {"name":"Scripted","description":"d","version":"1","capabilities":{"streaming":true},"skills":[],
        "defaultInputModes":["text/plain"],"defaultOutputModes":["text/plain"],"supportedInterfaces":[
        {"url":"https://\(field("host") ?? "")/a2a","protocolBinding":"\(binding)",
        "protocolVersion":"\(dialect.version.rawValue)"}]}
        """)
    }

    /// A whole answer.
    func answer(
      _ body: String, status: String = "200 OK", type: String? = "application/json", fields: String = ""
    ) throws {
      let type = type.map { "Content-Type: \($0)\r\n" } ?? ""
      try connection.send("HTTP/1.1 \(status)\r\n\(type)\(fields)Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }

    /// The head of a stream that lasts as long as the connection.
    func beginStream() throws {
      try connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")
    }

    func send(_ event: TaskEvent) throws {
      try connection.send("data: \(text(of: event))\n\n")
    }

    /// As the data of an event in JSON-RPC 1.0.
    func text(of event: TaskEvent) -> String {
      result(String(decoding: event.encoded(), as: UTF8.self))
    }

    /// The envelope of a result, under the id of the call.
    func result(_ json: String) -> String {
      #"{"jsonrpc":"2.0","id":\#(callID),"result":\#(json)}"#
    }

    func error(_ json: String) -> String {
      #"{"jsonrpc":"2.0","id":\#(callID),"error":\#(json)}"#
    }

    private var callID: String {
      guard let range = body.firstRange(of: #""id":"#) else { return "null" }
      return String(body[range.upperBound...].prefix { $0.isNumber })
    }

    /// The end that a stream should have.
    func sayGoodbye() {
      connection.sendCloseNotify()
    }
  }
}

extension TaskEvent {
  static func task(_ state: TaskState, id: String = "t") -> TaskEvent {
    .task(AgentTask(id: id, contextID: "c", status: TaskStatus(state)))
  }

  static func status(_ state: TaskState, id: String = "t") -> TaskEvent {
    .status(StatusUpdate(taskID: id, contextID: "c", status: TaskStatus(state)))
  }

  static func artifact(_ text: String, id: String = "t") -> TaskEvent {
    .artifact(ArtifactUpdate(taskID: id, contextID: "c", artifact: Artifact(id: "a", parts: [.text(text)])))
  }
}
