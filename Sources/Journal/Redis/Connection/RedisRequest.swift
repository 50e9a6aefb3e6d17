/// What is to be asked of the server, until somebody has answered. Belongs to the client's actor.
final class RedisRequest {
  enum Command: Sendable {
    case plain(RedisArguments)
    case script(RedisScript, RedisArguments)
    /// A batch under its name, which may be sent twice.
    case append(RedisArguments, name: String)
  }

  let command: Command
  let deadline: ContinuousClock.Instant
  /// How far the journal had come, as far as we knew, when it was sent for the first time. Nil: it never was.
  var bound: Int64?
  private var continuation: CheckedContinuation<Result<RedisReply, JournalError>, Never>?

  init(
    _ command: Command, until deadline: ContinuousClock.Instant, bound: Int64? = nil,
    _ continuation: CheckedContinuation<Result<RedisReply, JournalError>, Never>
  ) {
    self.command = command
    self.deadline = deadline
    self.bound = bound
    self.continuation = continuation
  }

  var isAnswered: Bool { continuation == nil }

  func answer(_ result: Result<RedisReply, JournalError>) {
    continuation?.resume(returning: result)
    continuation = nil
  }
}

/// Requests in the order in which they came: first those that are on their way, then those that are not yet.
struct RedisRequests {
  private var all: [RedisRequest] = []
  private var head = 0
  /// How many are on their way.
  private(set) var sent = 0

  var count: Int { all.count - head }
  var isEmpty: Bool { count == 0 }
  var first: RedisRequest? { isEmpty ? nil : all[head] }
  var waiting: ArraySlice<RedisRequest> { all[head...] }

  mutating func append(_ request: RedisRequest) { all.append(request) }

  /// The next one that is not on its way, which it is from now on.
  mutating func send() -> RedisRequest? {
    guard sent < count else { return nil }
    defer { sent += 1 }
    return all[head + sent]
  }

  mutating func removeFirst() {
    head += 1
    sent -= 1
    guard head >= 1024 || head == all.count else { return }
    all.removeFirst(head)
    head = 0
  }

  /// None is on its way any more; those that nobody waits for are dropped.
  mutating func comeBack() {
    sent = 0
    all = all[head...].filter { !$0.isAnswered }
    head = 0
  }

  mutating func removeAll() { self = RedisRequests() }
}
