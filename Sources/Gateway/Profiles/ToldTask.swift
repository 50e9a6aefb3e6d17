import Journal

/// What is known of a task before its first record.
struct ToldTask: Sendable, Equatable {
  let id: String
  let agent: String

  init(id: String, agent: String) {
    self.id = id
    self.agent = agent
  }

  init(_ task: StoredTask) {
    self.init(id: task.id, agent: task.opening.agent)
  }
}
