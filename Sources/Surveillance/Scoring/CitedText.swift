/// A text in which every number says which tool it comes from.
///
///     let text: CitedText = "The order was \(37.2, digits: 1, from: .traderHistory) times the usual size."
package struct CitedText: Sendable, Equatable, ExpressibleByStringInterpolation {
  package enum Piece: Sendable, Equatable {
    case text(String)
    case fact(String, ToolName)
  }

  package private(set) var pieces: [Piece]

  package init(stringLiteral text: String) { pieces = [.text(text)] }
  package init(stringInterpolation: StringInterpolation) { pieces = stringInterpolation.pieces }

  package static func + (left: CitedText, right: CitedText) -> CitedText {
    var both = left
    both.pieces += right.pieces
    return both
  }

  /// Without the tools' names.
  package var plain: String {
    pieces.map { piece in
      switch piece {
      case .text(let text), .fact(let text, _): text
      }
    }.joined()
  }

  package struct StringInterpolation: StringInterpolationProtocol {
    var pieces: [Piece] = []

    package init(literalCapacity: Int, interpolationCount: Int) {}

    package mutating func appendLiteral(_ literal: String) { if !literal.isEmpty { pieces.append(.text(literal)) } }
    /// Words, not numbers.
    package mutating func appendInterpolation(_ text: String) { appendLiteral(text) }
    package mutating func appendInterpolation(_ text: CitedText) { pieces += text.pieces }
    package mutating func appendInterpolation(_ text: String, from tool: ToolName) { pieces.append(.fact(text, tool)) }
    package mutating func appendInterpolation(_ number: Int, from tool: ToolName) {
      pieces.append(.fact(Digits.grouped(number), tool))
    }
    package mutating func appendInterpolation(_ number: Double, digits: Int, from tool: ToolName) {
      pieces.append(.fact(Decimals.text(number, digits: digits), tool))
    }
    package mutating func appendInterpolation(_ value: Price, from tool: ToolName) {
      pieces.append(.fact(value.description, tool))
    }
    package mutating func appendInterpolation(_ value: Money, from tool: ToolName) {
      pieces.append(.fact(value.description, tool))
    }
    package mutating func appendInterpolation(_ value: Day, from tool: ToolName) {
      pieces.append(.fact(value.description, tool))
    }
    package mutating func appendInterpolation(_ value: Instant, from tool: ToolName) {
      pieces.append(.fact(value.description, tool))
    }
  }
}

/// Numbers as people read them.
package enum Decimals {
  /// Rounded to so many decimals, halves away from zero, thousands apart.
  package static func text(_ number: Double, digits: Int) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let scaled = (number * scale).rounded(.toNearestOrAwayFromZero)
    guard abs(scaled) < 9e15 else { return String(number) }
    let whole = Int(scaled)
    let magnitude = Int(whole.magnitude)
    let text = Digits.grouped(magnitude / Int(scale))
    let sign = whole < 0 ? "-" : ""
    return digits == 0 ? sign + text : "\(sign)\(text).\(Digits.padded(magnitude % Int(scale), digits))"
  }
}
