/// Writes one JSON text into bytes: commas, quotes and escapes are its business, the order of calls is the caller's.
///
///     var writer = JSONWriter()
///     writer.object { event in
///       event.member("task", "t-17")
///       event.array("steps") { $0.number(1) }
///     }
///     send(writer.bytes)
///
/// What cannot become JSON is a mistake of the program and traps with a sentence: a second value at the top, a member
/// outside an object, a value without a key inside one, a number that is not finite, ``bytes`` of an unfinished text.
/// That an object gets no key twice is left to the caller. Not for use from two threads at once.
package struct JSONWriter: Sendable {
  package enum Style: Sendable {
    /// No white space at all: one line.
    case compact

    /// Two spaces for each level and one line for each value, for files people read.
    case pretty
  }

  /// What may be written next.
  enum State {
    case document, firstKey, nextKey, memberValue, firstElement, nextElement, finished
  }

  var buffer: [UInt8]
  private let style: Style
  private(set) var state = State.document
  private var depth = 0

  /// `reserving` is the number of bytes to make room for; more are found when they are needed.
  package init(reserving capacity: Int = 256, style: Style = .compact) {
    buffer = []
    buffer.reserveCapacity(capacity)
    self.style = style
  }

  /// A writer whose text follows bytes that are there already; it does not look at them.
  package init(appendingTo bytes: consuming [UInt8], style: Style = .compact) {
    buffer = bytes
    self.style = style
  }

  /// What was written, once the text is complete; asking earlier traps.
  package var bytes: [UInt8] {
    precondition(state == .finished, "The JSON text is not complete: its value is missing or still open.")
    return buffer
  }
}

// MARK: - Objects and arrays

extension JSONWriter {
  /// An object; `body` writes its members.
  package mutating func object(_ body: (inout JSONWriter) -> Void) {
    beginValue()
    buffer.append(ASCII.leftBrace)
    let after = stateAfterValue
    state = .firstKey
    depth += 1
    body(&self)
    depth -= 1
    precondition(state == .firstKey || state == .nextKey, "An object was closed behind a key that has no value.")
    if state == .nextKey { breakLine() }
    buffer.append(ASCII.rightBrace)
    state = after
  }

  /// An array; `body` writes its elements.
  package mutating func array(_ body: (inout JSONWriter) -> Void) {
    beginValue()
    buffer.append(ASCII.leftBracket)
    let after = stateAfterValue
    state = .firstElement
    depth += 1
    body(&self)
    depth -= 1
    if state == .nextElement { breakLine() }
    buffer.append(ASCII.rightBracket)
    state = after
  }

  /// The key of the next member; its value must follow.
  package mutating func key(_ key: String) {
    beginKey()
    appendQuoted(key)
    endKey()
  }

  mutating func beginKey() {
    precondition(
      state == .firstKey || state == .nextKey,
      "A key was written outside an object, or behind a key that has no value yet.")
    if state == .nextKey { buffer.append(ASCII.comma) }
    breakLine()
  }

  mutating func endKey() {
    buffer.append(ASCII.colon)
    if style == .pretty { buffer.append(ASCII.space) }
    state = .memberValue
  }
}

// MARK: - Between the values

extension JSONWriter {
  /// Writes what has to stand before a value.
  mutating func beginValue() {
    switch state {
    case .document, .memberValue:
      break
    case .firstElement:
      breakLine()
    case .nextElement:
      buffer.append(ASCII.comma)
      breakLine()
    case .firstKey, .nextKey:
      preconditionFailure("A value was written into an object without its key.")
    case .finished:
      preconditionFailure("A JSON text has one value, and it is already written.")
    }
  }

  mutating func endValue() {
    state = stateAfterValue
  }

  private var stateAfterValue: State {
    switch state {
    case .document, .finished: .finished
    case .firstKey, .nextKey, .memberValue: .nextKey
    case .firstElement, .nextElement: .nextElement
    }
  }

  private mutating func breakLine() {
    guard style == .pretty else { return }
    buffer.append(ASCII.lineFeed)
    for _ in 0..<2 * depth { buffer.append(ASCII.space) }
  }
}
