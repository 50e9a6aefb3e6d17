/// How tasks stood at one moment, all of them at the same.
package struct Standing: Sendable, Equatable {
  package let tasks: [StoredTask]
  /// The offset of the newest record at that moment: nothing behind it is in the tasks, and everything up to it is.
  package let offset: Int64

  package init(tasks: [StoredTask], offset: Int64) {
    self.tasks = tasks
    self.offset = offset
  }
}
