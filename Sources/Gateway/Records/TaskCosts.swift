import A2A
import JSON

/// What a task has cost, as its agents tell it call by call, and what it may still cost, where they say so.
struct TaskCosts: Sendable, Equatable {
  private static let millionths = 1_000_000.0
  private static let most = 1_000_000_000.0

  /// In millionths: sums of decimal fractions are not what they should be.
  private var spent: Int64 = 0
  private var left: Int64?

  var isEmpty: Bool { self == TaskCosts() }

  /// As JSON has it; in US dollars, unless an agent counts in something else.
  var cost: Double { Double(spent) / Self.millionths }
  /// Nil where no agent has told of a limit. Of the one that told last: agents below have limits of their own.
  var remaining: Double? { left.map { Double($0) / Self.millionths } }

  mutating func take(_ type: String, _ payload: JSONValue?) {
    switch type {
    case ProgressReport.Kind.modelCompleted.name, ProgressReport.Kind.modelFailed.name:
      spent = min(spent + (Self.amount(payload?["cost"]) ?? 0), Int64(Self.most * Self.millionths))
      left = Self.amount(payload?["budget_remaining"]) ?? left
    case ProgressReport.Kind.budgetWarning.name, ProgressReport.Kind.budgetExceeded.name:
      guard let cost = Self.amount(payload?["cost"]), let limit = Self.amount(payload?["limit"]) else { return }
      left = max(0, limit - cost)
    default: break
    }
  }

  /// Nil for what is no amount of money.
  private static func amount(_ value: JSONValue?) -> Int64? {
    guard let value = value?.double, (0...most).contains(value) else { return nil }
    return Int64((value * millionths).rounded())
  }
}

// As it is kept.
extension TaskCosts {
  init(kept value: JSONValue) {
    spent = Self.amount(value["cost"]) ?? 0
    left = Self.amount(value["budgetRemaining"])
  }

  func write(into object: inout JSONWriter) {
    guard !isEmpty else { return }
    object.member("cost", cost)
    object.member("budgetRemaining", ifPresent: remaining)
  }
}
