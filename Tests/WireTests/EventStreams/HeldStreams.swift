import HTTP
import Synchronization
import TestSupport
import Wire

/// The streams that a route has opened, for a test to write to, and how each of them has ended.
final class HeldStreams: Sendable {
  private struct State {
    var streams: [EventStream] = []
    var ends: [EventStreamEnd] = []
    var cancelled = 0
  }

  private let state = Mutex(State())

  var streams: [EventStream] { state.withLock { $0.streams } }
  var ends: [EventStreamEnd] { state.withLock { $0.ends } }
  /// How many handlers have been cancelled.
  var cancelled: Int { state.withLock { $0.cancelled } }

  /// The answer of the route: a stream that stays open until the test, the client or the server ends it.
  func response(_ options: EventStreamOptions = EventStreamOptions()) -> Response {
    .events(options) { [self] stream in
      try await hold(stream) { _ in }
    }
  }

  /// The body of a handler: gives the stream to the test, does its work, and waits for the end.
  func hold(_ stream: EventStream, _ work: (EventStream) async throws -> Void) async throws {
    state.withLock { $0.streams.append(stream) }
    try await withTaskCancellationHandler {
      // A stream that is over makes `work` throw; how it ended is told by the next line.
      do { try await work(stream) } catch is WireError {} catch is CancellationError {}
      let end = await stream.untilEnded()
      state.withLock { $0.ends.append(end) }
    } onCancel: {
      state.withLock { $0.cancelled += 1 }
    }
  }

  /// Waits until so many are open.
  func opened(_ count: Int = 1) async throws -> [EventStream] {
    guard await eventually({ streams.count >= count }) else {
      throw TLSClient.Failure(description: "\(streams.count) of \(count) streams were opened")
    }
    return streams
  }
}

/// Somebody who lives on a loop, as whoever offers events must.
actor Resident {
  private nonisolated let loop: Loop

  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe loop.asUnownedSerialExecutor() }

  init(of stream: EventStream) {
    loop = stream.loop
  }

  /// Runs in one turn of the loop.
  func run<Value: Sendable>(_ body: @Sendable () -> Value) -> Value { body() }
}

extension EncodedEvent {
  init(text: String) {
    self.init(ServerSentEvent(text: text))
  }
}
