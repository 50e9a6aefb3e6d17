import Telemetry
import Wire

/// Hears of each change of the ledger, on a connection of its own. Whenever it cannot be sure to have heard all (at the start, after a lost
/// connection, when the feed does not go on where it stopped) it reads the whole.
actor RedisLedgerFeed: LoopActor {
  /// How long the server lets us wait before it says that nothing has changed.
  private static let wait: Duration = .seconds(1)
  private static let entriesAtOnce = 256

  nonisolated let loop: Loop
  private let dial: RedisDial
  private let log: Log
  private var link: RedisLink?
  private var work: Task<Void, Never>?
  private var isClosed = false

  init(_ dial: RedisDial, _ log: Log) {
    loop = dial.loop
    self.dial = dial
    self.log = log
  }

  func start(of ledger: RedisLedger, _ sink: @escaping @Sendable (RedisLedger.News) -> Void) {
    guard work == nil, !isClosed else { return }
    work = Task(executorPreference: loop.tasks) { [weak self, weak ledger] in
      guard let ledger else { return }
      await self?.run(ledger, sink)
    }
  }

  func close() async {
    isClosed = true
    await link?.close()
    work?.cancel()
    await work?.value
  }

  private func run(_ ledger: RedisLedger, _ sink: @Sendable (RedisLedger.News) -> Void) async {
    var pause: Duration = .milliseconds(50)
    var isTold = false
    while !isClosed {
      do throws(RedisTrouble) {
        let link = try await dial.link(waiting: Self.wait) { _ in }
        guard !isClosed else { return await link.close() }
        self.link = link
        do throws(RedisTrouble) {
          while !isClosed {
            try await listen(link, ledger, sink)
            (pause, isTold) = (.milliseconds(50), false)
          }
        } catch {
          await link.close()
          throw error
        }
        await link.close()
      } catch {
        if isClosed { return }
        if !isTold { log.warning("the ledger's feed is not heard", ["why": .string(Self.text(error))]) }
        isTold = true
      }
      if isClosed { return }
      try? await Task.sleep(for: pause * Double.random(in: 0.5...1))
      pause = min(pause * 2, .seconds(2))
    }
  }

  private static func text(_ trouble: RedisTrouble) -> String {
    switch trouble {
    case .away(let why): why
    case .refused(let error): error.description
    }
  }

  /// Reads the whole and goes on from there. Returns when something was missed.
  private func listen(
    _ link: RedisLink, _ ledger: RedisLedger, _ sink: @Sendable (RedisLedger.News) -> Void
  ) async throws(RedisTrouble) {
    let known = ledger.newest
    var position = try await tail(link)
    let entries = try await whole(link)
    for entry in entries { ledger.saw(entry.version) }
    sink(.whole(entries, bound: max(known, position)))
    var wasSilent = false
    while !isClosed {
      let reply = try await dial.ask(link, command(behind: position))
      let changes = reply.elements.first?.elements.last?.elements ?? []
      if changes.isEmpty {
        // What is in the tail has to come through the feed, unless there is another ledger now.
        let tail = try await tail(link)
        if tail < position || (wasSilent && tail > position) { return }
        wasSilent = tail > position
        if !wasSilent { sink(.nothing) }
        continue
      }
      wasSilent = false
      var told: [RedisLedger.Entry] = []
      for change in changes {
        guard let line = Line(change) else {
          throw .away("the ledger's feed at \(dial.server) has an entry that cannot be read")
        }
        guard line.before == position else { return }
        position = line.entry.version
        told.append(line.entry)
      }
      ledger.saw(position)
      sink(.changed(told))
    }
  }

  private struct Line {
    let entry: RedisLedger.Entry
    let before: Int64

    init?(_ reply: RedisReply) {
      let parts = reply.elements
      guard parts.count == 2, let version = RedisRecord.offset(parts[0]) else { return nil }
      let fields = parts[1].elements
      guard fields.count == 8, let before = fields[1].number, let key = fields[3].string,
        let isThere = fields[5].number, let value = fields[7].content
      else { return nil }
      entry = RedisLedger.Entry(key: key, version: version, value: isThere == 1 ? value : nil)
      self.before = before
    }
  }

  private func tail(_ link: RedisLink) async throws(RedisTrouble) -> Int64 {
    try await dial.ask(link, RedisArguments("GET", dial.options.keys + "ledger:tail")).number ?? 0
  }

  private func whole(_ link: RedisLink) async throws(RedisTrouble) -> [RedisLedger.Entry] {
    var entries: [RedisLedger.Entry] = []
    var place = "0"
    repeat {
      let parts = try await dial.ask(
        link, RedisArguments("HSCAN", dial.options.keys + "ledger", place, "COUNT", "500")
      ).elements
      guard parts.count == 2, let next = parts[0].string else {
        throw .away("\(dial.server) does not say what stands in the ledger")
      }
      place = next
      let words = parts[1].elements
      for index in stride(from: 0, to: words.count - 1, by: 2) {
        guard let key = words[index].string, let entry = RedisLedger.Entry(key: key, row: words[index + 1]) else {
          throw .away("the ledger at \(dial.server) has an entry that cannot be read")
        }
        entries.append(entry)
      }
    } while place != "0" && !isClosed
    return entries
  }

  private func command(behind position: Int64) -> RedisArguments {
    var words = RedisArguments("XREAD", "COUNT")
    words.append(Self.entriesAtOnce)
    words.append("BLOCK")
    words.append(Int(Self.wait / .milliseconds(1)))
    words.append("STREAMS")
    words.append(dial.options.keys + "ledger:feed")
    words.append("\(position)-0")
    return words
  }
}
