/// An enum of the protocol: its cases have numbers, and names that differ between notations.
protocol NamedCases: CaseIterable, RawRepresentable<Int> {
  /// What a case is, behind "the name of a".
  static var meaning: String { get }
  /// What the names of 1.0 begin with.
  static var prefix: String { get }
  func name(in notation: Notation) -> String
}

extension NamedCases {
  /// In 0.3 the names of both its notations are taken, whichever it is: not all of its implementations kept them apart.
  init?(name: String, in notation: Notation) {
    let notations: [Notation] = notation.isV1 ? [.v1] : Notation.allCases
    guard let value = Self.allCases.first(where: { value in notations.contains { value.name(in: $0) == name } }) else {
      return nil
    }
    self = value
  }

  static func isUnspecified(_ name: String, in notation: Notation) -> Bool {
    notation != .kinds && name == prefix + "UNSPECIFIED"
  }
}

extension TaskState: NamedCases {
  static var meaning: String { "task state" }
  static var prefix: String { "TASK_STATE_" }

  func name(in notation: Notation) -> String {
    switch notation {
    case .v1: Self.prefix + upperCaseName
    case .kinds: word
    case .proto0_3: self == .canceled ? "TASK_STATE_CANCELLED" : Self.prefix + upperCaseName
    }
  }

  private var upperCaseName: String {
    switch self {
    case .submitted: "SUBMITTED"
    case .working: "WORKING"
    case .completed: "COMPLETED"
    case .failed: "FAILED"
    case .canceled: "CANCELED"
    case .inputRequired: "INPUT_REQUIRED"
    case .rejected: "REJECTED"
    case .authRequired: "AUTH_REQUIRED"
    }
  }
}

extension Message.Role: NamedCases {
  static var meaning: String { "role" }
  static var prefix: String { "ROLE_" }

  func name(in notation: Notation) -> String {
    switch (self, notation) {
    case (.user, .kinds): "user"
    case (.agent, .kinds): "agent"
    case (.user, _): "ROLE_USER"
    case (.agent, _): "ROLE_AGENT"
    }
  }
}
