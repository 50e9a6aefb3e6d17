/// What several gateways know together: values under keys, each with a version that grows with every change of anything. It keeps
/// what it is given and does not read it.
package protocol SharedLedger: Sendable {
  /// Makes changes, each of them whole or not at all, and says of each what became of it.
  func change(_ changes: [LedgerChange]) async throws(LedgerAway) -> [LedgerOutcome]

  /// What stands under these keys now, in their order.
  func entries(_ keys: [String]) async throws(LedgerAway) -> [LedgerEntry]

  /// The newest version that was seen here of anything.
  var newest: Int64 { get }

  /// Tells what there is, and then what changes, until the end. Called once; `sink` is called by one at a time.
  func follow(_ sink: @escaping @Sendable (LedgerNews) -> Void) async
}

package struct LedgerEntry: Sendable, Equatable {
  package let key: String
  /// 0 for what is not there.
  package let version: Int64
  /// Nil: it is not there, or not any more.
  package let value: [UInt8]?

  package init(key: String, version: Int64, value: [UInt8]?) {
    self.key = key
    self.version = version
    self.value = value
  }
}

package struct LedgerChange: Sendable, Equatable {
  package enum Condition: Sendable, Equatable {
    case isAbsent
    case isThere
    case hasVersion(Int64)
  }

  package let key: String
  /// Nil: it is removed.
  package let value: [UInt8]?
  package let condition: Condition

  package init(_ key: String, to value: [UInt8]?, if condition: Condition) {
    self.key = key
    self.value = value
    self.condition = condition
  }
}

package enum LedgerOutcome: Sendable, Equatable {
  /// - Parameter before: what stood there; nil: nothing did.
  case done(version: Int64, before: [UInt8]?)
  /// What stands there does not meet the condition.
  case differs(LedgerEntry)
}

package enum LedgerNews: Sendable {
  /// All there is.
  case whole(LedgerSnapshot)
  /// One removed has its version, and no value.
  case changed([LedgerEntry])
  /// Nothing has changed up to now.
  case nothing
}

package struct LedgerSnapshot: Sendable {
  package let entries: [LedgerEntry]
  /// Whatever was written up to this version must be in it, unless it was removed. It is the newest one that was stored, or that was
  /// seen here, when the reading began: with less the ledger has lost something.
  package let bound: Int64

  package init(entries: [LedgerEntry], bound: Int64) {
    self.entries = entries
    self.bound = bound
  }
}

/// The ledger cannot be asked at the moment.
package struct LedgerAway: Error, Sendable, Equatable, CustomStringConvertible {
  package let description: String

  package init(_ description: String) {
    self.description = description
  }
}
