/// Whose records are read.
package enum Selection: Sendable, Equatable {
  /// Those of these tasks. One that is not there has none.
  case tasks([String])
  /// Those of all tasks that one of these lets through.
  case visible([TaskQuery.Visibility])
}

/// Records behind an offset, in order, without a hole among those that were asked for.
package struct Page: Sendable, Equatable {
  package let records: [Record]
  /// Everything up to here is in it, or does not belong to what was asked for: where to read on.
  package let through: Int64
  /// There was no more at the moment of reading.
  package let isComplete: Bool

  package init(records: [Record], through: Int64, isComplete: Bool) {
    self.records = records
    self.through = through
    self.isComplete = isComplete
  }
}
