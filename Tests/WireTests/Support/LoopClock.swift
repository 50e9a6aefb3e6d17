import Glibc
import HTTP
import TestSupport
import Wire

/// The CPU clock of a loop's thread, read from any other thread.
struct LoopClock: Hashable, Sendable {
  private let id: clockid_t

  /// Of the calling thread.
  static func current() -> LoopClock {
    var id = clockid_t()
    unsafe _ = pthread_getcpuclockid(pthread_self(), &id)
    return LoopClock(id: id)
  }

  /// CPU time that the thread has used so far.
  var now: Duration {
    var time = timespec()
    unsafe _ = clock_gettime(id, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }

  /// CPU time that the thread uses while nothing happens for so long: the end of the test waits on a descriptor that stays silent.
  func used(during limit: Duration) async -> Duration {
    let clock = self
    return await onThread {
      var ends: [Int32] = [0, 0]
      unsafe _ = pipe(&ends)
      defer { for end in ends { close(end) } }
      let before = clock.now
      _ = Readiness.wait(ends[0], for: .readable, atMost: limit)
      return clock.now - before
    }
  }

  private init(id: clockid_t) {
    self.id = id
  }

  init?(_ text: String) {
    guard let id = clockid_t(text) else { return nil }
    self.id = id
  }

  var text: String { "\(id)" }
}

extension Router {
  /// Adds `/loop`, which names the loop that answers by its clock.
  mutating func addLoopClock() {
    on(.get, "/loop") { _ in .text(LoopClock.current().text) }
  }
}

extension TestServer {
  /// The clock of the one loop of a server that has `addLoopClock`.
  func loopClock(_ options: TLSClient.Options = TLSClient.Options()) async throws -> LoopClock {
    let text = try await client(options) { try $0.get("/loop", "Connection: close")?.text }
    guard let clock = text.flatMap(LoopClock.init) else { throw TLSClient.Failure(description: "no clock") }
    return clock
  }
}
