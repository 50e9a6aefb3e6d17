// A task put together from what its agent tells.
extension AgentTask {
  /// Takes the next event of this task. A message is none of a task.
  package mutating func take(_ event: TaskEvent) {
    switch event {
    case .task(let task): self = task
    case .status(let update): status = update.status
    case .artifact(let update): take(update)
    case .message: break
    }
  }

  private mutating func take(_ update: TaskEvent.ArtifactUpdate) {
    // Taken out, so that a piece that is added copies none of those before it.
    var artifacts = self.artifacts.take() ?? []
    if let index = artifacts.firstIndex(where: { $0.id == update.artifact.id }) {
      if update.append {
        artifacts[index].parts += update.artifact.parts
      } else {
        artifacts[index] = update.artifact
      }
    } else {
      artifacts.append(update.artifact)
    }
    self.artifacts = artifacts
  }
}
