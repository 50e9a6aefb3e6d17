import JSON

/// Whether every number of a text is among the facts. A model's words count only if it is so.
package struct NumberCheck: Sendable {
  private var words: Set<String> = []
  private var values: [Double] = []
  private var days: Set<Day> = []
  private var times: Set<Int> = []

  /// - Parameter facts: a JSON text; what stands in its strings and numbers may be said. One that is no JSON allows no number.
  package init(facts: [UInt8]) {
    guard let value = try? JSONValue(parsing: facts) else { return }
    take(value)
  }

  package func check(_ text: String) throws(NumberCheckError) {
    for found in NumberReader.claims(in: text) where !words.contains(found.source) && !isKnown(found.claim) {
      throw NumberCheckError(token: found.source, text: "“\(found.source)” is not among the facts.")
    }
  }

  // MARK: - What is known

  private mutating func take(_ value: JSONValue) {
    switch value.kind {
    case .object: for (_, member) in value.members { take(member) }
    case .array: for element in value.elements { take(element) }
    case .number: if let number = value.double { values.append(number) }
    case .string: take(value.string ?? "")
    case .bool, .null: break
    }
  }

  private mutating func take(_ text: String) {
    words.formUnion(NumberReader.words(of: text).filter { $0.contains(where: \.isNumber) })
    for found in NumberReader.claims(in: text) {
      switch found.claim {
      case .number(let value, _, let isNegative, _, let scales):
        for scale in scales { values.append((isNegative ? -value : value) * scale) }
      case .day(let day): days.insert(day)
      case .time(let time, _): times.insert(time)
      case .dayOfYear, .month, .id, .strange: break
      }
    }
  }

  private func isKnown(_ claim: NumberClaim) -> Bool {
    switch claim {
    case .number(let value, let digits, let isNegative, let isPercent, let scales):
      values.contains { fact in
        (!isNegative || fact < 0)
          && scales.contains { scale in
            Self.fits(abs(fact) / scale, value, digits)
              || (isPercent && Self.fits(abs(fact) * 100 / scale, value, digits))
          }
      }
    case .day(let day): days.contains(day)
    case .dayOfYear(let month, let day): days.contains { $0.parts.month == month && $0.parts.day == day }
    case .month(let year, let month): days.contains { $0.parts.month == month && $0.parts.year == year }
    case .time(let time, let precision): times.contains { $0 / precision == time / precision }
    case .id, .strange: false
    }
  }

  /// The fact as it is, or with decimals left off, as long as that changes it by no more than a twentieth.
  private static func fits(_ fact: Double, _ claimed: Double, _ digits: Int) -> Bool {
    let scale = (0..<min(digits, 9)).reduce(1.0) { scale, _ in scale * 10 }
    let rounded = (fact * scale).rounded(.toNearestOrAwayFromZero)
    return rounded == (claimed * scale).rounded(.toNearestOrAwayFromZero) && abs(fact - claimed) <= abs(fact) / 20
  }
}

/// Which number of a model's text is not among the facts.
package struct NumberCheckError: Error, Equatable, CustomStringConvertible {
  package let token: String
  package let text: String

  init(token: String, text: String) {
    self.token = token
    self.text = text
  }

  package var description: String { "The model's text is not used: \(text)" }
}
