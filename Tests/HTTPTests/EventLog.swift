import HTTP

/// Everything a reader says to some bytes, with the pieces of a body put together, so that two ways to cut can be compared.
struct EventLog: Equatable, Sendable {
  private(set) var events: [RequestReader.Event] = []
  private(set) var reader: RequestReader

  init(limits: RequestLimits = RequestLimits()) { reader = RequestReader(limits: limits) }

  /// Reads `bytes` in pieces of the lengths that `cuts` gives; a length of 0 ends the cutting.
  init(_ bytes: [UInt8], limits: RequestLimits = RequestLimits(), cuts: () -> Int = { 0 }) {
    self.init(limits: limits)
    var rest = bytes[...]
    while !rest.isEmpty {
      let length = cuts()
      let piece = length == 0 ? rest : rest.prefix(length)
      rest = rest.dropFirst(piece.count)
      receive(Array(piece))
    }
  }

  mutating func receive(_ piece: [UInt8]) {
    reader.append(piece)
    while true {
      let event = reader.next()
      switch (events.last, event) {
      case (_, .needsMore): return
      case (.refused?, .refused): return
      case (.body(let earlier)?, .body(let later)): events[events.count - 1] = .body(earlier + later)
      default: events.append(event)
      }
    }
  }

  var heads: [RequestHead] {
    events.compactMap { if case .head(let head) = $0 { head } else { nil } }
  }

  var refusal: Refusal? {
    if case .refused(let refusal)? = events.last { refusal } else { nil }
  }

  static func == (left: EventLog, right: EventLog) -> Bool { left.events == right.events }
}

extension String {
  /// The bytes that the characters below U+0100 stand for.
  var bytes: [UInt8] { unicodeScalars.map { UInt8($0.value) } }
}
