import HTTP
import Journal

/// Takes commands to the gateways that have the runs, and waits for what they say.
actor OrderDesk {
  /// Milliseconds after which it is told to try again: longer than a lease, and less than clients wait.
  static let patience: Int64 = 12_000
  /// Milliseconds after which an order is sent again, to whoever has the run then.
  static let repetition: Int64 = 1000
  /// Milliseconds until it is looked again where nobody has the run at the moment.
  private static let pause: Int64 = 200

  private let leases: any RunLeases
  private let clock: GatewayClock
  /// Where replies come to. Nil while this gateway has no lease.
  private var fence: Fence?
  private var open: [String: Waiting] = [:]

  private enum Waiting {
    /// It is being sent.
    case not
    case `for`(CheckedContinuation<OrderReply.Outcome?, Never>)
    /// The reply was faster than the news that the order was sent.
    case over(OrderReply.Outcome)
  }

  init(_ leases: any RunLeases, clock: GatewayClock) {
    self.leases = leases
    self.clock = clock
  }

  func hold(_ fence: Fence) { self.fence = fence }

  func letGo(of fence: Fence) {
    if self.fence == fence { self.fence = nil }
  }

  /// The command is in the journal when this returns. It may be on its way to the run more than once; the run takes it once.
  func give(_ command: RunCommand, to task: String) async throws -> CommandReceipt {
    let number = TaskID.make()
    open[number] = .not
    defer { open[number] = nil }
    let end = clock.steady() + Self.patience
    var count = 0
    while clock.steady() < end {
      guard let fence else {
        try await pause()
        continue
      }
      let order = Letter.order(Order(number: number, from: fence, task: task, command: command))
      switch try await leases.send(order.encoded, toOwnerOf: task) {
      case .noSuchTask: throw Refusal.noSuchTask
      case .taskEnded: throw Refusal.ended(nil)
      case .nobodys: throw Refusal.notRunHere
      case .free, .full: try await pause()
      case .sent:
        count += 1
        switch await reply(to: number, within: Self.repetition) {
        case .taken(var receipt):
          // It was not known before the first of them left, so it is new.
          if count > 1 { receipt.isRepeated = false }
          return receipt
        case .refused(let no): throw no.refusal
        case .moving: try await pause()
        case nil: break
        }
      }
    }
    throw Refusal.runMoving
  }

  func settle(_ reply: OrderReply) {
    switch open[reply.number] {
    case .for(let continuation):
      open[reply.number] = .not
      continuation.resume(returning: reply.outcome)
    case .not: open[reply.number] = .over(reply.outcome)
    case .over, nil: break
    }
  }

  /// Nil where there is none in time.
  private func reply(to number: String, within milliseconds: Int64) async -> OrderReply.Outcome? {
    if case .over(let outcome) = open[number] {
      open[number] = .not
      return outcome
    }
    let timer = Task {
      try await Task.sleep(for: .milliseconds(milliseconds))
      giveUp(number)
    }
    defer { timer.cancel() }
    return await withCheckedContinuation { open[number] = .for($0) }
  }

  private func giveUp(_ number: String) {
    guard case .for(let continuation) = open[number] else { return }
    open[number] = .not
    continuation.resume(returning: nil)
  }

  private func pause() async throws {
    try await Task.sleep(for: .milliseconds(Self.pause))
  }
}
