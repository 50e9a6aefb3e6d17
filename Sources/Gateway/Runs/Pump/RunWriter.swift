import Journal

/// What waits to be stored, and who waits for it. While one batch is being stored, the next one gathers.
struct RunWriter {
  /// Bytes that may wait before the agent is not read any more.
  static let limit = 256 << 10

  struct Waiter {
    let number: Int
    /// Somebody would rather hear that it is not stored than wait until there is room.
    let isInHaste: Bool
    let continuation: CheckedContinuation<Bool, Never>
  }

  let task: String
  private(set) var waiting = RunWrite()
  /// What is not to be stored yet: all that was put since the first of it.
  private var held: RunWrite?
  private(set) var bytes = 0
  /// Writes that were put, those of them that may be stored, and those that are.
  private(set) var put = 0
  private(set) var free = 0
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
    put += 1
    guard !write.isHeldBack else {
      held = (held ?? RunWrite()).joined(by: write)
      return
    }
    for next in [held.take(), write].compactMap(\.self) {
      waiting = waiting.joined(by: next)
      for entry in next.entries { bytes += entry.payload.count }
    }
    free = put
  }

  /// All of it, and the number it goes up to.
  mutating func take() -> (RunWrite, through: Int) {
    defer {
      waiting = RunWrite()
      bytes = 0
    }
    return (waiting, free)
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

  /// There is no room for what waits, and nobody knows for how long.
  mutating func lacksRoom() {
    let leaving = waiters.filter(\.isInHaste)
    waiters.removeAll(where: \.isInHaste)
    for waiter in leaving { waiter.continuation.resume(returning: false) }
  }

  /// - Parameter number: of the last write that matters.
  mutating func wait(for number: Int, inHaste: Bool = false, _ continuation: CheckedContinuation<Bool, Never>) {
    if stored >= number || isClosed { return continuation.resume(returning: stored >= number) }
    waiters.append(Waiter(number: number, isInHaste: inHaste, continuation: continuation))
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

extension RunWrite {
  fileprivate func joined(by next: RunWrite) -> RunWrite {
    var all = self
    all.entries += next.entries
    all.memory = next.memory ?? memory
    all.memos.removeAll { old in next.memos.contains { $0.name == old.name } }
    all.memos += next.memos
    all.title = next.title ?? title
    all.showsChange = showsChange || next.showsChange
    return all
  }
}
