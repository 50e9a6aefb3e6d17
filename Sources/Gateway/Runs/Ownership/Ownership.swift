import Journal
import Telemetry

/// Keeps this gateway's lease, lets go of its runs when it cannot be kept, takes over what others have left, and reads what they ask.
actor Ownership {
  /// Runs that are taken over at once.
  private static let takenAtOnce = 16
  /// Looks at the journal's own list, for what was stored or taken over without our hearing of it, each so many rounds.
  private static let roundsBetweenLists = 10

  private let leases: any RunLeases
  private let runs: Runs
  private let orders: OrderDesk
  /// Nil where no push notifications are sent.
  private let push: PushDesk?
  private let figures: LeaseFigures
  private let clock: GatewayClock
  private let log: Log
  private let terms: LeaseTerms
  private var hold: LeaseHold {
    didSet { figures.show(hold) }
  }
  /// The one before: it ends with the next.
  private var last: Fence?
  private var work: [Task<Void, Never>] = []
  private var inHand: Set<String> = []
  /// The gateway ends: nothing is taken over any more.
  private var isLeaving = false
  /// What the log was told last, until it goes well again.
  private var trouble: String?

  init(
    _ leases: any RunLeases, of runs: Runs, orders: OrderDesk, push: PushDesk? = nil, figures: LeaseFigures,
    clock: GatewayClock, log: Log, terms: LeaseTerms = LeaseTerms()
  ) {
    self.leases = leases
    self.runs = runs
    self.orders = orders
    self.push = push
    self.figures = figures
    self.clock = clock
    self.log = log
    self.terms = terms
    hold = LeaseHold(terms)
  }

  /// Takes a lease. What is free is taken over a moment later.
  func begin() async throws(JournalError) {
    guard work.isEmpty else { return }
    try await takeLease()
    work = [
      Task { await keep() }, Task { await watch() }, Task { await gather() }, Task { await gatherPushes() },
      Task { await read() },
    ]
  }

  /// The end is near: what is free now is for others.
  func takeNoMore() { isLeaving = true }

  /// Runs let go of their agents and are stored; then others may have them, and tell those who are told of them.
  func stop() async {
    isLeaving = true
    await runs.stop()
    await push?.stop()
    for one in work { one.cancel() }
    if let fence = hold.fence {
      do throws(JournalError) {
        try await leases.release(fence)
      } catch {
        log.warning("the lease was not given back", ["why": .string(error.description)])
      }
    }
    for one in work { await one.value }
    work = []
  }

  // MARK: The lease

  private func takeLease() async throws(JournalError) {
    let fence = Fence(lease: TaskID.make())
    let asked = clock.steady()
    try await leases.take(fence, insteadOf: last, for: terms.length)
    last = fence
    guard hold.take(fence, asked: asked, now: clock.steady()) else { return }
    await runs.hold(fence)
    await orders.hold(fence)
    await push?.hold(fence)
    log.info("lease taken", ["lease": .string(fence.lease)])
  }

  private func keep() async {
    while await sleep(terms.pause) {
      do throws(JournalError) {
        if let fence = hold.fence {
          let asked = clock.steady()
          if try await leases.renew(fence, for: terms.length) {
            hold.renew(fence, asked: asked)
          } else if hold.lose(fence) {
            await letGo(of: fence, "It was over when it was to be renewed.")
          }
        }
        if hold.fence == nil, !isLeaving { try await takeLease() }
        trouble = nil
      } catch {
        tell(error)
      }
    }
  }

  /// The end comes whether the server answers or not.
  private func watch() async {
    while true {
      let left = hold.fence == nil ? terms.pause.inMilliseconds : max(1, hold.until - clock.steady())
      guard await sleep(.milliseconds(left)) else { return }
      if let fence = hold.expire(at: clock.steady()) { await letGo(of: fence, "It could not be renewed in time.") }
    }
  }

  private func letGo(of fence: Fence, _ why: String) async {
    log.warning(
      "the lease is over, and the runs are others'", ["lease": .string(fence.lease), "why": .string(why)])
    // A new one may be there by the time that they hear of this.
    await runs.letGo(of: fence)
    await orders.letGo(of: fence)
    await push?.letGo(of: fence)
    figures.wasLost()
  }

  // MARK: What is free

  private func gather() async {
    var round = 0
    var isListDue = false
    while true {
      let isFull = await takeOver(&isListDue, isListed: round % Self.roundsBetweenLists == 0)
      if round % (Self.roundsBetweenLists * (await runs.roundsToSettle)) == 1 { await runs.settleLine() }
      round += 1
      if !isFull {
        guard await sleep(terms.pause) else { return }
      }
      if Task.isCancelled { return }
    }
  }

  /// True where there may be more.
  private func takeOver(_ isListDue: inout Bool, isListed: Bool) async -> Bool {
    guard !isLeaving, let fence = hold.fence else { return false }
    do throws(JournalError) {
      if isListDue || isListed {
        let mine = try await leases.runs(of: fence)
        isListDue = await !runs.adopt(mine, under: fence).isEmpty
      }
      guard let found = try await leases.takeOver(for: fence, limit: Self.takenAtOnce) else {
        if hold.lose(fence) { await letGo(of: fence, "It was over when others' runs were to be taken over.") }
        return false
      }
      guard !found.isEmpty else { return false }
      log.info("runs taken over", ["count": .int(found.count)])
      figures.tookOver(found.count)
      if await !runs.adopt(found, under: fence).isEmpty { isListDue = true }
      return found.count == Self.takenAtOnce
    } catch {
      // Whether anything was moved to us is not known.
      isListDue = true
      tell(error)
      return false
    }
  }

  private func gatherPushes() async {
    guard let push else { return }
    while await sleep(terms.pause), !isLeaving {
      do throws(JournalError) {
        try await push.gather(leases)
      } catch {
        tell(error)
      }
    }
  }

  // MARK: What others ask

  private func read() async {
    while !Task.isCancelled {
      guard let fence = hold.fence else {
        guard await sleep(terms.pause) else { return }
        continue
      }
      do throws(JournalError) {
        for letter in try await leases.letters(for: fence).compactMap(Letter.init) { take(letter) }
      } catch {
        tell(error)
        guard await sleep(terms.pause) else { return }
      }
    }
  }

  private func take(_ letter: Letter) {
    switch letter {
    case .reply(let reply): Task { await orders.settle(reply) }
    case .placed(let tasks): Task { await runs.grant(tasks) }
    case .order(let order):
      // Sent again because it takes long: the first one is answered.
      guard inHand.insert(order.number).inserted else { return }
      Task {
        let reply = Letter.reply(OrderReply(number: order.number, outcome: await runs.outcome(of: order)))
        inHand.remove(order.number)
        // Where nobody waits any more, or the answer gets lost, it is asked again.
        _ = try? await leases.send(reply.encoded, to: order.from)
      }
    }
  }

  // MARK: Time and trouble

  /// False when it is all over.
  private func sleep(_ time: Duration) async -> Bool {
    (try? await Task.sleep(for: time)) != nil
  }

  private func tell(_ error: JournalError) {
    guard error.code != .closed, trouble != error.description else { return }
    trouble = error.description
    log.warning("the journal does not say which runs are whose", ["why": .string(error.description)])
  }
}
