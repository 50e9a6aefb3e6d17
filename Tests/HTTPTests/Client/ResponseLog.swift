import HTTP

/// Everything a response reader says to some bytes, with the pieces of a body put together, so that two ways to cut can be
/// compared.
struct ResponseLog: Equatable, Sendable {
  private(set) var events: [ResponseReader.Event] = []
  private(set) var reader: ResponseReader

  init(to methods: [HTTPMethod] = [.get], limits: ResponseLimits = ResponseLimits()) {
    reader = ResponseReader(limits: limits)
    for method in methods { reader.expect(responseTo: method) }
  }

  /// Reads `bytes` in pieces of the lengths that `cuts` gives; a length of 0 ends the cutting.
  init(
    _ bytes: [UInt8], to methods: [HTTPMethod] = [.get], limits: ResponseLimits = ResponseLimits(),
    thenEnd: Bool = false, cuts: () -> Int = { 0 }
  ) {
    self.init(to: methods, limits: limits)
    var rest = bytes[...]
    while !rest.isEmpty {
      let length = cuts()
      let piece = length == 0 ? rest : rest.prefix(length)
      rest = rest.dropFirst(piece.count)
      receive(Array(piece))
    }
    if thenEnd { end() }
  }

  mutating func receive(_ piece: [UInt8]) {
    reader.append(piece)
    pull(from: reader.next())
  }

  mutating func end() { pull(from: reader.connectionEnded()) }

  private mutating func pull(from first: ResponseReader.Event) {
    var event = first
    while true {
      switch (events.last, event) {
      case (_, .needsMore): return
      case (.failed?, .failed): return
      case (.body(let earlier)?, .body(let later)): events[events.count - 1] = .body(earlier + later)
      default: events.append(event)
      }
      event = reader.next()
    }
  }

  var heads: [ResponseHead] {
    events.compactMap { if case .head(let head) = $0 { head } else { nil } }
  }

  /// All that was given out as bodies.
  var body: [UInt8] {
    events.flatMap { if case .body(let bytes) = $0 { bytes } else { [UInt8]() } }
  }

  /// How many answers are complete.
  var endCount: Int {
    events.count { if case .end = $0 { true } else { false } }
  }

  var fault: MessageFault? {
    if case .failed(let fault)? = events.last { fault } else { nil }
  }

  static func == (left: ResponseLog, right: ResponseLog) -> Bool { left.events == right.events }
}
