import HTTP
import TestSupport
import Testing

struct ByteQueueTests {
  @Test func `it behaves like an array that is cut at the front`() {
    var random = SeededRandom(seed: 7)
    var queue = ByteQueue()
    var model: [UInt8] = []
    for _ in 0..<5000 {
      if Bool.random(using: &random) {
        let bytes = (0..<Int.random(in: 0...300, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        if Bool.random(using: &random) { queue.append(bytes) } else { queue.append(bytes.span) }
        model += bytes
      } else {
        let length = Int.random(in: 0...min(model.count, 310), using: &random)
        if Bool.random(using: &random) {
          #expect(queue.take(length) == Array(model.prefix(length)))
        } else {
          queue.consume(length)
        }
        model.removeFirst(length)
      }
      #expect(queue.count == model.count)
      if let first = model.first { #expect(queue[0] == first && queue[model.count - 1] == model.last) }
    }
    #expect(Array(queue[0..<queue.count]) == model)
  }

  @Test func `what was consumed does not pile up`() {
    var queue = ByteQueue()
    for _ in 0..<10_000 {
      queue.append([UInt8](repeating: 0, count: 100))
      queue.consume(queue.count - 1)
    }
    #expect(queue.capacity < 2000)
  }
}
