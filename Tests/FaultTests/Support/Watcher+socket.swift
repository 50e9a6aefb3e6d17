import HTTP
import JSON
import TestSupport
import Wire

// The same by WebSocket: what is said there is said to the checker as an event stream would say it.
extension Watcher {
  /// One connection. True when there is nothing more to come.
  func connectSocket(showing cursor: String?, _ watched: inout Watched) async throws -> Bool {
    var options = WebSocketOptions()
    options.subprotocols = ["signalbox.v1"]
    options.closeWithin = .seconds(1)
    var deadlines = ClientDeadlines()
    (deadlines.connect, deadlines.answer) = (.seconds(60), .seconds(60))
    let socket = try await clients.watcher.openWebSocket(
      try Clients.url(port, "/ws"), options, deadlines: deadlines)
    do {
      try await socket.send(.text(subscription(after: cursor)))
      while let message = try await socket.receive() {
        guard case .text(let text) = message else { continue }
        let json = try JSONValue(parsing: text)
        for one in json.kind == .array ? Array(json.elements) : [json] {
          switch try take(one, &watched) {
          case .goesOn: continue
          case .isOver(let isOver):
            await socket.close()
            return isOver
          }
        }
      }
      await socket.close()
    } catch is WireError {
      watched.breaks += 1
    }
    return false
  }

  private func subscription(after cursor: String?) -> String {
    var writer = JSONWriter()
    writer.object { object in
      object.member("type", "subscribe")
      object.member("id", "w")
      object.array("tasks") { list in for task in tasks { list.string(task) } }
      object.member("after", ifPresent: cursor)
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private enum Next {
    case goesOn
    case isOver(Bool)
  }

  private func take(_ message: JSONValue, _ watched: inout Watched) throws -> Next {
    func tell(_ type: String, id: String?, _ data: ArraySlice<UInt8>) {
      let event = ReceivedEvent(type: type, lastEventID: id ?? "", data: Array(data))
      watched.take(event)
      onEvent(event)
    }
    switch message["type"]?.string {
    case "ack":
      // All of it was seen: the end follows.
      if message["status"]?.string == "finished" { return .goesOn }
      let goesOn = message["status"]?.string == "continued"
      tell("resume", id: message[goesOn ? "from" : "to"]?.string, message.bytes)
    case "event":
      tell("message", id: message["cursor"]?.string, message["record"]?.bytes ?? [])
    case let type? where ["snapshot", "reset"].contains(type):
      tell(type, id: message["cursor"]?.string, message.bytes)
    case "end":
      guard message["reason"]?.string == "finished" else { return .isOver(false) }
      tell("bye", id: nil, message.bytes)
      return .isOver(true)
    case "nack":
      // It may be well again in a moment.
      if message["retryAfter"] != nil { return .isOver(false) }
      throw Refused(status: .ok, text: String(decoding: message.bytes, as: UTF8.self))
    default: break
    }
    return .goesOn
  }
}
