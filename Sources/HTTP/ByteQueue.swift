/// Bytes that came in and are not parsed yet: appended at the back, consumed at the front, indexed from the front.
///
/// Consuming moves nothing. The space of what was consumed is taken back at an append, and only when at least as much was
/// consumed as is still waiting, so that each byte is moved at most once on average.
package struct ByteQueue: Sendable {
  /// A queue that runs empty keeps no more room than this: an idle connection should cost little.
  private static let idleCapacity = 2048

  private var storage: [UInt8] = []
  private var front = 0

  package init() {}

  /// How many bytes are waiting.
  package var count: Int { storage.count &- front }

  /// How many bytes could wait without more memory.
  package var capacity: Int { storage.capacity }

  /// The byte at `offset` from the front.
  package subscript(offset: Int) -> UInt8 { storage[front &+ offset] }

  /// The waiting bytes between two offsets, without a copy.
  package subscript(range: Range<Int>) -> ArraySlice<UInt8> {
    storage[front &+ range.lowerBound..<front &+ range.upperBound]
  }

  /// The first offset from `start` on, below `end`, whose byte is not plain; `end` if all are.
  func skip(from start: Int, below end: Int, while isPlain: (UInt8) -> Bool) -> Int {
    let span = storage.span
    var index = front &+ start
    let stop = front &+ end
    while index < stop, isPlain(span[index]) { index &+= 1 }
    return index &- front
  }

  package mutating func append(_ bytes: Span<UInt8>) {
    reclaim()
    storage.append(addingCapacity: bytes.count) { room in
      for index in bytes.indices { room.append(bytes[index]) }
    }
  }

  package mutating func append(_ bytes: [UInt8]) {
    reclaim()
    storage.append(contentsOf: bytes)
  }

  /// Drops `length` bytes from the front.
  package mutating func consume(_ length: Int) {
    precondition(length >= 0 && length <= count, "Cannot consume \(length) of \(count) waiting bytes.")
    front &+= length
    if front == storage.count { removeAll() }
  }

  /// Copies `length` bytes from the front into a new array and drops them.
  package mutating func take(_ length: Int) -> [UInt8] {
    let taken = [UInt8](self[0..<length])
    consume(length)
    return taken
  }

  package mutating func removeAll() {
    storage.removeAll(keepingCapacity: storage.capacity <= Self.idleCapacity)
    front = 0
  }

  /// Turns the upper-case letter at `offset` into lower case, in place.
  mutating func lowercase(at offset: Int) { storage[front &+ offset] |= 0x20 }

  private mutating func reclaim() {
    guard front > 0, front >= count else { return }
    storage.removeSubrange(0..<front)
    front = 0
  }
}
