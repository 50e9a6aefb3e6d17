import Synchronization

/// How much a log line matters; the order of the cases is the order of the levels.
package enum LogLevel: UInt8, Sendable, CaseIterable {
  /// Every step, for somebody who looks for a mistake in the program.
  case trace
  /// Decisions worth seeing while something is being looked into.
  case debug
  /// What happened, in regular service; requests are logged at this level.
  case info
  /// Something was wrong and has been dealt with.
  case warning
  /// Something was asked for and could not be done.
  case error

  /// The word in the `level` member of a line, and in a configuration.
  package var name: String {
    switch self {
    case .trace: "trace"
    case .debug: "debug"
    case .info: "info"
    case .warning: "warning"
    case .error: "error"
    }
  }

  /// The level with this name, if there is one.
  package init?(name: String) {
    guard let level = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = level
  }
}

extension LogLevel: Comparable {
  package static func < (left: LogLevel, right: LogLevel) -> Bool { left.rawValue < right.rawValue }
}

extension LogLevel: AtomicRepresentable {}
