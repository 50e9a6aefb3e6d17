import Journal
import Testing

@testable import Gateway

/// What waits for a loop.
@Suite struct MailboxTests {
  private static func batch(_ task: String, _ offset: Int64, size: Int = 2) -> LiveBatch {
    let record = Record(
      offset: offset, task: task, seq: offset, time: 0, kind: .event, origin: "",
      payload: [UInt8](repeating: 0x20, count: size))
    let opening = TaskOpening(owner: "", tenant: nil, agent: "")
    return LiveBatch(Committed(task: task, opening: opening, isFinal: false, records: [record]), epoch: "e")
  }

  @Test func `it takes what is watched, as long as it is, and asks to be woken once`() {
    var box = Mailbox()
    var wakes = [box.post([Self.batch("a", 1)])]
    box.watch(.tasks(["a", "b"]))
    box.watch(.tasks(["a"]))
    wakes.append(box.post([Self.batch("c", 2)]))
    wakes.append(box.post([Self.batch("a", 3), Self.batch("c", 4), Self.batch("b", 5)]))
    wakes.append(box.post([Self.batch("a", 6)]))
    #expect(wakes == [false, false, true, false])
    #expect(box.depth == 3)
    var taken = box.take().offsets
    #expect(taken == [3, 5, 6])
    taken = box.take().offsets
    #expect(taken == [])
    box.unwatch(.tasks(["a"]))
    wakes = [box.post([Self.batch("a", 7)])]
    _ = box.take()
    box.unwatch(.tasks(["a", "b"]))
    wakes.append(box.post([Self.batch("a", 8)]))
    #expect(wakes == [true, false])
    #expect(box.depth == 0)
  }

  @Test func `too much is let go of, once, and said`() {
    var box = Mailbox()
    box.watch(.tasks(["a"]))
    let half = Mailbox.limit / 2
    var wakes = [box.post([Self.batch("a", 1, size: half)])]
    wakes.append(box.post([Self.batch("a", 2, size: half)]))
    wakes.append(box.post([Self.batch("a", 3)]))
    #expect(box.depth == 0)
    var taken = box.take().offsets
    #expect(taken == nil)
    wakes.append(box.post([Self.batch("a", 4)]))
    taken = box.take().offsets
    #expect(taken == [4])
    // One that is larger than all that may wait is passed on all the same.
    wakes.append(box.post([Self.batch("a", 5, size: Mailbox.limit)]))
    taken = box.take().offsets
    #expect(taken == [5])
    #expect(wakes == [true, false, false, true, true])
  }

  @Test func `a journal that is another is said once, before anything of it`() {
    var box = Mailbox()
    box.watch(.tasks(["a"]))
    var wakes = [box.post([Self.batch("a", 1)]), box.replace()]
    // Of the new one: whoever has seen the old one must not be told of it.
    wakes.append(box.post([Self.batch("a", 2)]))
    var said = [box.take().isReplaced]
    wakes.append(box.replace())
    said.append(box.take().isReplaced)
    said.append(box.take().isReplaced)
    #expect(wakes == [true, false, false, true])
    #expect(said == [true, true, false])
  }
}

extension Mailbox.Due {
  fileprivate var isReplaced: Bool { if case .replaced = self { true } else { false } }

  /// Nil when it was too much, or is of another journal.
  fileprivate var offsets: [Int64]? {
    if case .batches(let batches) = self { batches.map(\.first) } else { nil }
  }
}
