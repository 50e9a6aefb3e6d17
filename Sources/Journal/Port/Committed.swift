/// What one batch has added to a task, once it is stored.
package struct Committed: Sendable, Equatable {
  package let task: String
  /// Whose task it is, so that nobody has to look that up for every record.
  package let opening: TaskOpening
  /// Whether the task has ended, with this batch or before.
  package let isFinal: Bool
  package let records: [Record]

  package init(task: String, opening: TaskOpening, isFinal: Bool, records: [Record]) {
    self.task = task
    self.opening = opening
    self.isFinal = isFinal
    self.records = records
  }
}
