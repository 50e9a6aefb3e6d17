import A2A

/// A feed and its place among the open streams. Letting go of it closes the feed and frees the place: also when the answer it was
/// opened for never leaves.
final class ServedStream: Sendable {
  enum Next: Sendable {
    case event(TaskEvent)
    case end
    case failed(A2AError)
    case cut
  }

  private let feed: TaskFeed
  private let place: StreamCensus.Place

  init(_ feed: TaskFeed, _ place: StreamCensus.Place) {
    self.feed = feed
    self.place = place
  }

  deinit { close() }

  /// Waits for an event. Ends when the task is cancelled: the reader has gone.
  func next() async -> Next {
    await withTaskCancellationHandler {
      do throws(TaskFeedEnd) {
        return try await feed.next().map(Next.event) ?? .end
      } catch {
        return switch error {
        case .failed(let error): .failed(error)
        case .cut: .cut
        }
      }
    } onCancel: {
      close()
    }
  }

  func isLast(_ event: TaskEvent) -> Bool { feed.isLast(event) }

  func close() { feed.close() }
}
