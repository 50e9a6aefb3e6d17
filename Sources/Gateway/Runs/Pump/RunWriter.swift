import Journal

/// What waits to be stored, and who waits for it. While one batch is being stored, the next one gathers.
struct RunWriter {
  /// Bytes that may wait before the agent is not read any more.
  static let limit = 256 << 10

  struct Waiter {
    let number: Int
    let continuation: CheckedContinuation<Bool, Never>
  }

  let task: String
  private(set) var waiting = RunWrite()
  private(set) var bytes = 0
  /// Writes that were put, and those of them that are stored.
  private(set) var put = 0
  private(set) var stored = 0
  private(set) var isClosed = false
  var isStoring = false
  private var waiters: [Waiter] = []
  private var readers: [CheckedContinuation<Void, Never>] = []

  init(task: String) {
    self.task = task
  }

  var isEmpty: Bool { waiting.entries.isEmpty && waiting.memory == nil && waiting.memos.isEmpty }
  /// Something was put that is not stored, and will be.
  var isBehind: Bool { stored < put && !isClosed }
  var hasRoom: Bool { isClosed || bytes < Self.limit }

  mutating func add(_ write: RunWrite) {
    waiting.entries += write.entries
    waiting.memory = write.memory ?? waiting.memory
    waiting.memos.removeAll { old in write.memos.contains { $0.name == old.name } }
    waiting.memos += write.memos
    waiting.title = write.title ?? waiting.title
    waiting.showsChange = waiting.showsChange || write.showsChange
    for entry in write.entries { bytes += entry.payload.count }
    put += 1
  }

  /// All of it, and the number it goes up to.
  mutating func take() -> (RunWrite, through: Int) {
    defer {
      waiting = RunWrite()
      bytes = 0
    }
    return (waiting, put)
  }

  mutating func didStore(through number: Int) {
    stored = number
    let ready = waiters.filter { $0.number <= number }
    waiters.removeAll { $0.number <= number }
    for waiter in ready { waiter.continuation.resume(returning: true) }
    letReadersGo()
  }

  /// Nothing is stored any more.
  mutating func close() {
    isClosed = true
    for waiter in waiters { waiter.continuation.resume(returning: false) }
    waiters = []
    letReadersGo()
  }

  mutating func wait(_ continuation: CheckedContinuation<Bool, Never>) {
    if stored >= put || isClosed { return continuation.resume(returning: stored >= put) }
    waiters.append(Waiter(number: put, continuation: continuation))
  }

  mutating func waitForRoom(_ continuation: CheckedContinuation<Void, Never>) {
    if hasRoom { return continuation.resume() }
    readers.append(continuation)
  }

  private mutating func letReadersGo() {
    guard hasRoom else { return }
    let ready = readers
    readers = []
    for reader in ready { reader.resume() }
  }
}
