import HTTP
import Testing

@testable import signalbox

struct OrderCheckTests {
  private func faults(_ check: OrderCheck, _ records: [(Int, String, Int)]) throws -> [Bool] {
    var check = check
    return try records.map { offset, task, seq in
      check.fault(try #require(StreamRecord(StreamText.record(offset, task: task, seq: seq).data))) != nil
    }
  }

  private let named = OrderCheck(.tasks(["a", "b"]), fromTheBeginning: true)
  private let behind = OrderCheck(.tasks(["a", "b"]), fromTheBeginning: false)
  private let all = OrderCheck(.all, fromTheBeginning: false)

  @Test func `tasks that are woven into each other are right`() throws {
    let records = [(1, "a", 1), (2, "b", 1), (7, "b", 2), (9, "a", 2)]
    for check in [named, behind, all] { #expect(try faults(check, records) == [false, false, false, false]) }
  }

  @Test func `from the beginning means the first record`() throws {
    #expect(try faults(named, [(5, "a", 2)]) == [true])
    #expect(try faults(behind, [(5, "a", 2)]) == [false])
  }

  @Test func `a hole, a double and a step back are found`() throws {
    #expect(try faults(named, [(1, "a", 1), (3, "a", 3)]) == [false, true])
    #expect(try faults(named, [(1, "a", 1), (1, "a", 1)]) == [false, true])
    #expect(try faults(named, [(1, "a", 1), (4, "a", 1)]) == [false, true])
    #expect(try faults(all, [(4, "a", 2), (3, "b", 1)]) == [false, true])
  }

  @Test func `of all tasks the policy may hide some`() throws {
    #expect(try faults(all, [(1, "a", 1), (8, "a", 5)]) == [false, false])
  }

  @Test func `behind a reset everything counts anew`() throws {
    var check = named
    let record = try #require(StreamRecord(StreamText.record(9, task: "a", seq: 1).data))
    #expect(check.fault(record) == nil)
    check.reset()
    #expect(try faults(check, [(2, "a", 7), (3, "a", 8), (4, "a", 10)]) == [false, false, true])
  }
}
