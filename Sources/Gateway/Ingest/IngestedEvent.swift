import A2A
import HTTP
import JSON

/// One event of a producer: any JSON object, journaled as it is.
struct IngestedEvent: Sendable {
  static let byteLimit = 256 << 10

  /// On one line, because each line of an event stream begins anew. What was one is kept byte for byte.
  let payload: [UInt8]
  /// What an A2A `StreamResponse` says of its task. Nil for what says nothing.
  let state: TaskState?
  /// And what of that lists show.
  let news: TaskNews?

  /// - Parameter line: where it is among others; nil when it is alone.
  init(_ text: consuming [UInt8], line: Int?) throws(Refusal) {
    var text = text
    Self.trim(&text)
    guard text.count <= Self.byteLimit else { throw .eventTooLarge(limit: Self.byteLimit, line: line) }
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONValue(parsing: text, limits: Self.limits)
    } catch {
      throw .badEvent("is no JSON: at its byte \(error.offset + 1), \(error.reason)", line: line)
    }
    guard value.kind == .object else { throw .badEvent("is no JSON object", line: line) }
    news = TaskNews(value)
    state = news?.state
    if text.contains(where: Self.endsLine) {
      var writer = JSONWriter(reserving: text.count)
      writer.value(value)
      payload = writer.bytes
    } else {
      payload = text
    }
  }

  private static let limits = JSONLimits(maxBytes: byteLimit)

  /// White space around the value, as JSON knows it.
  private static func trim(_ text: inout [UInt8]) {
    while let last = text.last, isWhiteSpace(last) { text.removeLast() }
    if let first = text.first, isWhiteSpace(first) { text = Array(text.drop(while: isWhiteSpace)) }
  }

  static func isWhiteSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || endsLine(byte)
  }

  private static func endsLine(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
}
