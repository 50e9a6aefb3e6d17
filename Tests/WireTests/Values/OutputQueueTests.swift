import TestSupport
import Testing

@testable import Wire

/// A queue in front of a socket that takes what a test says.
private struct Outlet {
  var queue = OutputQueue()
  var scratch: [UInt8] = []
  /// What was offered last, and what was taken in all.
  var offered: [UInt8] = []
  var taken: [UInt8] = []

  init(_ chunks: [UInt8]...) {
    for chunk in chunks { queue.append(chunk) }
  }

  /// Offers once to a socket that takes up to `room` bytes; nil is a full one.
  mutating func offer(limit: Int = 16, room: Int?) {
    var seen: [UInt8] = []
    _ = queue.offer(limit: limit, scratch: &scratch) { bytes, offset, count in
      seen = Array(bytes[offset..<(offset + count)])
      return room.map { .wrote(min($0, count)) } ?? .full
    }
    offered = seen
    if let room { taken += seen.prefix(room) }
  }
}

@Suite struct OutputQueueTests {
  @Test func `small chunks leave together`() {
    var outlet = Outlet([1, 2], [3], [4, 5, 6])
    outlet.offer(room: 16)
    #expect(outlet.offered == [1, 2, 3, 4, 5, 6])
    #expect(outlet.queue.isEmpty)
  }

  @Test func `no more than a record is offered at once`() {
    var outlet = Outlet(Array(0..<10), Array(10..<20))
    outlet.offer(limit: 16, room: 16)
    #expect(outlet.offered == Array(0..<16))
    outlet.offer(limit: 16, room: 16)
    #expect(outlet.offered == Array(16..<20))
  }

  @Test func `what does not fit is offered again with the same first bytes`() {
    var outlet = Outlet([1, 2], [3, 4])
    outlet.offer(room: nil)
    outlet.queue.append([5, 6])
    outlet.offer(room: nil)
    #expect(outlet.offered == [1, 2, 3, 4, 5, 6])
    outlet.offer(room: 3)
    outlet.offer(room: 16)
    #expect(outlet.taken == [1, 2, 3, 4, 5, 6])
  }

  @Test func `a chunk that fills a record is not copied`() {
    let chunk = [UInt8](repeating: 7, count: 40)
    let address = unsafe chunk.withUnsafeBytes { $0.baseAddress }
    var queue = OutputQueue()
    queue.append(chunk)
    queue.append([1])
    var scratch: [UInt8] = []
    for expectedOffset in [0, 16] {
      _ = queue.offer(limit: 16, scratch: &scratch) { bytes, offset, count in
        let offered = unsafe bytes.withUnsafeBytes { $0.baseAddress }
        #expect(unsafe offered == address)
        #expect(offset == expectedOffset)
        #expect(count == 16)
        return .wrote(count)
      }
    }
    #expect(scratch.isEmpty)
  }

  @Test func `the last chunk is not copied however small it is`() {
    var outlet = Outlet([1, 2, 3])
    outlet.offer(room: 16)
    #expect(outlet.scratch.isEmpty)
    #expect(outlet.taken == [1, 2, 3])
  }

  @Test func `it counts what waits`() {
    var outlet = Outlet([1, 2, 3], [], [4])
    #expect(outlet.queue.count == 4)
    outlet.offer(room: nil)
    #expect(outlet.queue.count == 4)
    outlet.offer(room: 2)
    #expect(outlet.queue.count == 2)
    outlet.queue.removeAll()
    #expect(outlet.queue.isEmpty)
  }

  @Test func `a broken socket takes nothing`() {
    var queue = OutputQueue()
    queue.append([1, 2, 3])
    var scratch: [UInt8] = []
    let outcome = queue.offer(limit: 16, scratch: &scratch) { _, _, _ in .failed(0) }
    guard case .failed = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(queue.count == 3)
  }

  /// Chunks of all sizes, a socket that takes all, some or none: what comes out is what went in, and after a full socket the
  /// offer begins with the same bytes and is no shorter, as OpenSSL asks.
  @Test(arguments: 0..<60) func `what comes out is what went in`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let limit = Int.random(in: 1...32, using: &random)
    var outlet = Outlet()
    var appended: [UInt8] = []
    var refused: [UInt8] = []
    for _ in 0..<600 {
      if Int.random(in: 0...2, using: &random) > 0 {
        let chunk = random.bytes(Int.random(in: 0...(3 * limit), using: &random))
        appended += chunk
        outlet.queue.append(chunk)
      }
      for _ in 0..<Int.random(in: 0...3, using: &random) where !outlet.queue.isEmpty {
        let room = Int.random(in: 0...3, using: &random) == 0 ? nil : Int.random(in: 1...limit, using: &random)
        outlet.offer(limit: limit, room: room)
        #expect((1...limit).contains(outlet.offered.count))
        #expect(outlet.offered.starts(with: refused))
        refused = room == nil ? outlet.offered : []
      }
      #expect(outlet.queue.count == appended.count - outlet.taken.count)
    }
    while !outlet.queue.isEmpty { outlet.offer(limit: limit, room: limit) }
    #expect(outlet.taken == appended)
  }
}
