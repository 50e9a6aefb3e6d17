/// What the gateway has to remember about a task to go on with it: changed at will, gone with the task, and never shown, but for one.
package struct Memo: Sendable, Equatable {
  /// The name of what lists show beside a task. It is read together with the task.
  package static let outline = "outline"

  /// What it is: `run`, or a family and one of it, such as `push/4f2a`.
  package var name: String
  /// JSON. Nil: it is to be forgotten.
  package var body: [UInt8]?

  package init(_ name: String, _ body: [UInt8]?) {
    self.name = name
    self.body = body
  }
}

/// A memo, and whose.
package struct TaskMemo: Sendable, Equatable {
  package let task: String
  package let memo: Memo

  package init(task: String, memo: Memo) {
    self.task = task
    self.memo = memo
  }
}
