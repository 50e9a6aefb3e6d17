import TestSupport
import Testing

@testable import Wire

/// Time is only a number here: `start` and what is added to it.
@Suite struct WatchTests {
  private let start = ContinuousClock.now
  private let rate: MinimumRate = {
    var rate = MinimumRate()
    rate.bytesPerSecond = 100
    rate.window = .seconds(2)
    return rate
  }()

  @Test func `a stage is over at its end and not before`() {
    var watch = Watch(.head, until: start + .seconds(10), now: start)
    #expect(watch.next == start + .seconds(10))
    #expect(watch.isOver(at: start) == false)
    #expect(watch.isOver(at: start + .milliseconds(9_999)) == false)
    #expect(watch.isOver(at: start + .seconds(10)) == true)
  }

  @Test func `moving bytes does not put the end off`() {
    var watch = Watch(.head, until: start + .seconds(10), now: start)
    watch.moved(1_000_000, in: .head)
    #expect(watch.isOver(at: start + .seconds(10)) == true)
  }

  @Test func `too little in a window ends the stage`() {
    var watch = Watch(.body, until: start + .seconds(60), rate: rate, now: start)
    watch.moved(199, in: .body)
    #expect(watch.isOver(at: start + .milliseconds(1_999)) == false)
    #expect(watch.isOver(at: start + .seconds(2)) == true)
  }

  @Test func `bytes that went the other way do not count`() {
    var watch = Watch(.body, until: start + .seconds(60), rate: rate, now: start)
    watch.moved(100_000, in: .answer)
    #expect(watch.isOver(at: start + .seconds(2)) == true)
  }

  @Test func `enough in a window begins the next one`() {
    var watch = Watch(.body, until: start + .seconds(60), rate: rate, now: start)
    watch.moved(200, in: .body)
    #expect(watch.isOver(at: start + .seconds(2)) == false)
    #expect(watch.next == start + .seconds(4))
    watch.moved(200, in: .body)
    #expect(watch.isOver(at: start + .seconds(4)) == false)
    // What moved in an earlier window does not count in this one.
    #expect(watch.isOver(at: start + .seconds(6)) == true)
  }

  @Test func `the end comes before the end of a window`() {
    var watch = Watch(.body, until: start + .seconds(1), rate: rate, now: start)
    #expect(watch.next == start + .seconds(1))
    watch.moved(100_000, in: .body)
    #expect(watch.isOver(at: start + .seconds(1)) == true)
  }

  @Test func `a steady pace does not outlive the end`() {
    var watch = Watch(.body, until: start + .seconds(5), rate: rate, now: start)
    for second in [2, 4] {
      watch.moved(10_000, in: .body)
      #expect(watch.isOver(at: start + .seconds(second)) == false)
    }
    #expect(watch.next == start + .seconds(5))
    #expect(watch.isOver(at: start + .seconds(5)) == true)
  }

  @Test func `without an end only the pace counts`() {
    var watch = Watch(.answer, until: nil, rate: rate, now: start)
    #expect(watch.next == start + .seconds(2))
    watch.moved(200, in: .answer)
    #expect(watch.isOver(at: start + .seconds(2)) == false)
    #expect(watch.isOver(at: start + .seconds(4)) == true)
  }

  @Test func `a window asks for a byte at least`() {
    var slow = MinimumRate()
    slow.bytesPerSecond = 0
    #expect(slow.bytesPerWindow == 1)
    var watch = Watch(.body, until: nil, rate: slow, now: start)
    #expect(watch.isOver(at: start + slow.window) == true)
  }

  @Test func `the default pace is 256 bytes a second`() {
    #expect(MinimumRate().bytesPerWindow == 1280)
  }
}
