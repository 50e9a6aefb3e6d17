import A2A
import A2AWire

extension FrontFeed {
  /// As endpoints serve it.
  nonisolated func served(endsWhenInterrupted: Bool) -> A2AWire.TaskFeed {
    A2AWire.TaskFeed(
      endsWhenInterrupted: endsWhenInterrupted,
      next: { () async throws(TaskFeedEnd) -> TaskEvent? in try await self.next() }, close: { self.close() })
  }

  /// Waits until all is told, or the gateway goes away, and gives how the task then stands.
  nonisolated func untilTold() async throws(A2AError) -> TaskImage {
    let told = await withTaskCancellationHandler {
      await readAll()
    } onCancel: {
      close()
    }
    return try told.get()
  }

  private func readAll() async -> Result<TaskImage, A2AError> {
    do throws(TaskFeedEnd) {
      while try await next() != nil {}
      return .success(telling.image)
    } catch {
      return switch error {
      case .failed(let error): .failure(error)
      case .cut: .failure(A2AError(.internalError, "The task went out of sight. Ask for it again."))
      }
    }
  }
}

extension Message {
  /// As the answer of an agent that made no task of what it was asked.
  var withoutTask: Message {
    var message = self
    message.taskID = nil
    return message
  }
}
