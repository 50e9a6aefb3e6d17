import HTTP
import Identity
import Journal
import Synchronization
import TestSupport
import Testing

@testable import Gateway

/// Commands on their way to another gateway, which does what the test says.
@Suite(.timeLimit(.minutes(1))) struct OrderDeskTests {
  private static let command = RunCommand(id: "c", by: "kim", act: .cancel(why: nil))
  private static let receipt = CommandReceipt(id: "c", task: "t", command: "cancel", seq: 3)

  /// Gives a command, each time that it is sent to `answer` with how often it was; nil is no reply.
  private static func give(
    _ posted: Posted = .sent(to: Fence(lease: "other")),
    _ answer: @escaping @Sendable (Int) -> OrderReply.Outcome?
  ) async throws -> (receipt: CommandReceipt, count: Int) {
    let leases = StagedLeases(posted: posted)
    let desk = OrderDesk(leases, clock: leases.clock)
    await desk.hold(Fence(lease: "mine"))
    leases.whenSent { order, count in
      leases.pass(1)
      guard let outcome = answer(count) else { return }
      Task { await desk.settle(OrderReply(number: order.number, outcome: outcome)) }
    }
    let receipt = try await desk.give(command, to: "t")
    return (receipt, leases.count)
  }

  @Test func `what the owner says is the answer`() async throws {
    let given = try await Self.give { _ in .taken(Self.receipt) }
    #expect(given.receipt == Self.receipt && given.count == 1)
    let refusal = await #expect(throws: Refusal.self) {
      try await Self.give { _ in .refused(OrderRefusal(.stillWaiting)) }
    }
    #expect(refusal == .stillWaiting)
  }

  @Test func `what is not answered is sent again, and is no repetition for whoever asked once`() async throws {
    var repeated = Self.receipt
    repeated.isRepeated = true
    let given = try await Self.give { [repeated] count in count < 2 ? nil : .taken(repeated) }
    #expect(given.receipt == Self.receipt && given.count == 2)
    // But what the owner had before the first of them stays one.
    let known = try await Self.give { [repeated] _ in .taken(repeated) }
    #expect(known.receipt.isRepeated)
  }

  @Test func `a run that is on its way is waited for`() async throws {
    let given = try await Self.give { count in count < 3 ? .moving : .taken(Self.receipt) }
    #expect(given.count == 3 && given.receipt == Self.receipt)
  }

  @Test func `what nobody takes in time is said to be tried again`() async throws {
    let refusal = await #expect(throws: Refusal.self) {
      try await Self.give(.free) { _ in nil }
    }
    #expect(refusal == .runMoving && refusal?.status == .serviceUnavailable)
  }

  @Test func `what nobody runs, and what has ended, is told as such`() async throws {
    let cases: [(Posted, Refusal)] = [
      (.nobodys, .notRunHere), (.taskEnded, .ended(nil)), (.noSuchTask, .noSuchTask),
    ]
    for (posted, expected) in cases {
      let refusal = await #expect(throws: Refusal.self) { try await Self.give(posted) { _ in nil } }
      #expect(refusal == expected)
    }
  }
}

/// Leases of which only the post is there. Each letter takes a second of its clock, or as much as the test says.
private final class StagedLeases: RunLeases {
  private struct State {
    var seconds: Int64 = 0
    var count = 0
    var heard: (@Sendable (Order, Int) -> Void)?
  }

  private let posted: Posted
  private let state = Mutex(State())

  init(posted: Posted) { self.posted = posted }

  var count: Int { state.withLock { $0.count } }
  func pass(_ seconds: Int64) { state.withLock { $0.seconds += seconds } }
  func whenSent(_ body: @escaping @Sendable (Order, Int) -> Void) { state.withLock { $0.heard = body } }

  var clock: GatewayClock {
    GatewayClock(
      now: { UnixTime(seconds: 0) }, steady: { [self] in state.withLock { $0.seconds * 1000 } }, sleepUntil: { _ in })
  }

  func send(_ letter: [UInt8], toOwnerOf task: String) async throws(JournalError) -> Posted {
    let (heard, count) = state.withLock { state in
      state.count += 1
      return (state.heard, state.count)
    }
    if case .order(let order)? = Letter(letter) { heard?(order, count) }
    return posted
  }

  func send(_ letter: [UInt8], to lease: Fence) async throws(JournalError) -> Posted { posted }
  func take(_ lease: Fence, insteadOf old: Fence?, for time: Duration) async throws(JournalError) {}
  func renew(_ lease: Fence, for time: Duration) async throws(JournalError) -> Bool { true }
  func release(_ lease: Fence) async throws(JournalError) {}
  func takeOver(for lease: Fence, limit: Int) async throws(JournalError) -> [String]? { [] }
  func alive() async throws(JournalError) -> Set<Fence> { [] }
  func replace(_ old: Memo, by new: [UInt8]?, of task: String) async throws(JournalError) -> Bool { false }
  func runs(of lease: Fence) async throws(JournalError) -> [String] { [] }
  func letters(for lease: Fence) async throws(JournalError) -> [[UInt8]] { [] }
}
