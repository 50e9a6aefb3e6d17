import HTTP
import JSON

/// What `POST /message/stream` says: the message in all shapes that its parts have been seen in.
enum AnalyzerMessage {
  static func stream(in call: JSONValue) throws(A2AError) -> AnalyzerCall.Request {
    if let method = call["method"], !method.isNull, !method.equalsString("message/stream") {
      throw A2AError(
        .methodNotFound, "At this path the method is message/stream. Others are JSON-RPC's: its address is in the card."
      )
    }
    guard let params = call["params"], params.kind == .object else {
      throw A2AError(.invalidParams, "The request has no params that are an object; send them with \"messages\".")
    }
    let task = try task(in: params)
    return .stream(try parts(of: message(in: params)), task: task)
  }

  private static func task(in params: JSONValue) throws(A2AError) -> String? {
    guard let member = params["task_id"], !member.isNull else { return nil }
    guard let task = member.string else { throw A2AError(.invalidParams, "params.task_id has to be a text.") }
    return task.isEmpty ? nil : task
  }

  private static func message(in params: JSONValue) throws(A2AError) -> JSONValue {
    if let messages = params["messages"], messages.kind == .array {
      guard messages.count == 1, let message = messages[0] else {
        throw A2AError(.invalidParams, "params.messages has \(messages.count) messages; send one.")
      }
      return message
    }
    guard let message = params["message"] else {
      throw A2AError(.invalidParams, "The params have no \"messages\"; send a list with one message.")
    }
    return message
  }

  private static func parts(of message: JSONValue) throws(A2AError) -> [Part] {
    guard let list = message["parts"], list.kind == .array, list.count > 0 else {
      throw A2AError(.invalidParams, "The message has no parts; send at least one with a \"text\".")
    }
    var parts: [Part] = []
    for (number, part) in list.elements.enumerated() {
      guard let read = Part(analyzer: part) else {
        throw A2AError(.invalidParams, "The part \(number + 1) of the message has neither \"text\" nor \"data\".")
      }
      parts.append(read)
    }
    return parts
  }
}

extension Part {
  /// `{"type":"textPart","text":…}`, `{"kind":"text","text":…}`, `{"textPart":{"text":…}}`, and the same of data, which is JSON
  /// in a string, or as it is. Nil for what is none of these.
  init?(analyzer value: JSONValue) {
    let inner = value["textPart"] ?? value["dataPart"] ?? value
    if let text = inner["text"]?.string {
      self = .text(text)
    } else if let data = inner["data"], !data.isNull {
      let parsed = data.string.map { try? JSONValue(parsing: Array($0.utf8)) } ?? data.detached()
      guard let parsed else { return nil }
      self = .data(parsed)
    } else {
      return nil
    }
  }
}
