/// What a connection still has to send. Holds references to the arrays it was given; nothing is copied until it is written.
struct OutputQueue {
  private var chunks: [[UInt8]] = []
  private var head = 0
  private var offset = 0
  /// Bytes waiting.
  private(set) var count = 0

  var isEmpty: Bool { count == 0 }

  mutating func append(_ bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    chunks.append(bytes)
    count += bytes.count
  }

  /// Offers the next record: the front chunk alone when it fills one, else as many as fit, gathered in `scratch`. What was offered
  /// and not taken is offered again with the same first bytes, as OpenSSL asks after a full socket.
  mutating func offer(
    limit: Int, scratch: inout [UInt8], _ write: ([UInt8], _ offset: Int, _ count: Int) -> SocketChannel.WriteOutcome
  ) -> SocketChannel.WriteOutcome {
    let front = chunks[head]
    let rest = front.count - offset
    let outcome: SocketChannel.WriteOutcome
    if rest >= limit || head + 1 == chunks.count {
      outcome = write(front, offset, min(rest, limit))
    } else {
      scratch.removeAll(keepingCapacity: true)
      scratch += front[offset...]
      var next = head + 1
      while next < chunks.count, scratch.count < limit {
        scratch += chunks[next].prefix(limit - scratch.count)
        next += 1
      }
      outcome = write(scratch, 0, scratch.count)
    }
    if case .wrote(let written) = outcome { drop(written) }
    return outcome
  }

  mutating func removeAll() {
    self = OutputQueue()
  }

  private mutating func drop(_ written: Int) {
    count -= written
    var left = written
    while left > 0 {
      let rest = chunks[head].count - offset
      if left < rest {
        offset += left
        return
      }
      left -= rest
      chunks[head] = []
      head += 1
      offset = 0
    }
    if head == chunks.count {
      chunks.removeAll(keepingCapacity: chunks.count <= 16)
      head = 0
    } else if head >= 64, head * 2 >= chunks.count {
      chunks.removeFirst(head)
      head = 0
    }
  }
}
