import HTTP

/// The algorithm of the WHATWG's section 9.2.6, sentence by sentence, on a whole stream of decoded text.
struct PlainEventStream {
  private(set) var events: [EventStreamParser.Event] = []
  private(set) var lastEventID = ""
  private var data = ""
  private var type = ""
  private var id = ""

  mutating func read(_ bytes: [UInt8]) {
    var scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    if scalars.first == "\u{feff}" { scalars.removeFirst() }
    var line = ""
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      index += 1
      if scalar == "\r" || scalar == "\n" {
        if scalar == "\r", index < scalars.count, scalars[index] == "\n" { index += 1 }
        process(line)
        line = ""
      } else {
        line.unicodeScalars.append(scalar)
      }
    }
  }

  private mutating func process(_ line: String) {
    guard !line.isEmpty else { return dispatch() }
    // By scalars: a colon and a mark that combines with it are one Character.
    let scalars = line.unicodeScalars
    guard let colon = scalars.firstIndex(of: ":") else { return process(field: line, "") }
    if colon == scalars.startIndex { return events.append(.comment) }
    var value = scalars[scalars.index(after: colon)...]
    if value.first == " " { value.removeFirst() }
    process(field: String(scalars[..<colon]), String(value))
  }

  private mutating func process(field: String, _ value: String) {
    switch field {
    case "event": type = value
    case "data":
      data.append(value)
      data.append("\n")
    case "id": if !value.utf8.contains(0) { id = value }
    case "retry":
      if !value.isEmpty, value.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) {
        events.append(.retry(milliseconds: min(Int(value) ?? .max, EventStreamParser.longestRetry)))
      }
    default: break
    }
  }

  private mutating func dispatch() {
    lastEventID = id
    if !data.isEmpty {
      let bytes = Array(data.utf8.dropLast())
      events.append(.event(ReceivedEvent(type: type.isEmpty ? "message" : type, lastEventID: id, data: bytes)))
    }
    data = ""
    type = ""
  }
}
