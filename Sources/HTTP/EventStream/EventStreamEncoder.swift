/// Writes event streams (WHATWG HTML, section 9.2). Everything it appends ends with an empty line, also comments, so that a
/// reader which cuts at empty lines sees each thing as soon as it came.
package enum EventStreamEncoder {
  /// Appends an event. Its data takes one line, or as many as it has itself.
  package static func event(_ event: ServerSentEvent, into output: inout [UInt8]) {
    if let type = event.event { line("event: ", type, into: &output) }
    if let id = event.id { line("id: ", id, into: &output) }
    if let milliseconds = event.retryMilliseconds { line("retry: ", String(milliseconds), into: &output) }
    lines("data: ", event.data, into: &output)
    output.append(ASCII.lineFeed)
  }

  /// Appends an event without a type. `data` appends its data, which has to be one line.
  package static func event(id: String, into output: inout [UInt8], data: (inout [UInt8]) -> Void) {
    line("id: ", id, into: &output)
    output.append(contentsOf: "data: ".utf8)
    data(&output)
    output.append(contentsOf: "\n\n".utf8)
  }

  /// Appends what readers skip: a sign of life. Text with line ends becomes several comments.
  package static func comment(_ text: String = "", into output: inout [UInt8]) {
    lines(": ", Array(text.utf8), into: &output)
    output.append(ASCII.lineFeed)
  }

  /// Appends how long a client is to wait before it reconnects.
  package static func retry(milliseconds: Int, into output: inout [UInt8]) {
    precondition(milliseconds >= 0, "A client cannot wait for less than no time.")
    line("retry: ", String(milliseconds), into: &output)
    output.append(ASCII.lineFeed)
  }

  private static func line(_ name: String, _ value: String, into output: inout [UInt8]) {
    output.append(contentsOf: name.utf8)
    output.append(contentsOf: value.utf8)
    output.append(ASCII.lineFeed)
  }

  /// One line for each line of `bytes`, whichever way those end.
  private static func lines(_ name: String, _ bytes: [UInt8], into output: inout [UInt8]) {
    var start = 0
    while true {
      let end = lineEnd(in: bytes.span, from: start)
      output.append(contentsOf: name.utf8)
      output.append(contentsOf: bytes[start..<end])
      output.append(ASCII.lineFeed)
      guard end < bytes.count else { return }
      let isPair = bytes[end] == ASCII.carriageReturn && end + 1 < bytes.count && bytes[end + 1] == ASCII.lineFeed
      start = end + (isPair ? 2 : 1)
    }
  }

  /// The offset of the first CR or LF from `start` on, or the length.
  private static func lineEnd(in bytes: Span<UInt8>, from start: Int) -> Int {
    var index = start
    while index < bytes.count, bytes[index] != ASCII.lineFeed, bytes[index] != ASCII.carriageReturn { index &+= 1 }
    return index
  }
}
