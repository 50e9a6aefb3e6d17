import HTTP
import Journal

/// An entry as Redis gives it.
struct RawStreamEntry: Sendable {
  /// In the order of the page on the format.
  static let known = ["task", "agent", "title", "owner", "tenant", "producer", "epoch", "seq", "event", "state"]
  /// Of a field's content; above it only its length is told, so that no entry fills a gateway's memory.
  static let fieldLimit = IngestedEvent.byteLimit + 1024

  let id: String
  private let words: [[UInt8]]
  /// The length of the largest field, where it was too large to be given.
  private let tooLarge: Int64?

  /// - Parameter reply: `[id, [name, content, …], the length of what is too large, or 0]`. Nil for anything else.
  init?(_ reply: RedisReply) {
    let parts = reply.elements
    guard parts.count == 3, let id = parts[0].string else { return nil }
    self.id = id
    words = parts[1].elements.map { $0.content ?? [] }
    let length = parts[2].number ?? 0
    tooLarge = length == 0 ? nil : length
  }

  init(id: String, _ fields: [(String, String)]) {
    self.id = id
    words = fields.flatMap { [Array($0.0.utf8), Array($0.1.utf8)] }
    tooLarge = nil
  }

  /// Throws where one stands twice.
  func fields() throws(Refusal) -> [String: [UInt8]] {
    if let tooLarge {
      throw Refusal(
        .contentTooLarge,
        "A field of the entry has \(tooLarge) bytes. An event may have \(IngestedEvent.byteLimit).",
        code: "event-too-large")
    }
    var fields: [String: [UInt8]] = [:]
    for index in stride(from: 0, to: words.count - 1, by: 2) {
      let name = String(decoding: words[index], as: UTF8.self)
      guard fields.updateValue(words[index + 1], forKey: name) == nil else {
        throw .badEntry("The field \(Excerpt.quoting(name.utf8)) stands there twice.")
      }
    }
    return fields
  }

  /// Of each name the first, whatever is wrong.
  var first: [String: [UInt8]] {
    var fields: [String: [UInt8]] = [:]
    for index in stride(from: 0, to: words.count - 1, by: 2) {
      let name = String(decoding: words[index], as: UTF8.self)
      if fields[name] == nil { fields[name] = words[index + 1] }
    }
    return fields
  }
}
