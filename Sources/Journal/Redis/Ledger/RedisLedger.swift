import Synchronization
import Telemetry
import Wire

/// Values under keys that all gateways of a journal have together, beside it on the same server: what is to be known at once
/// everywhere, and is not a task's. Each change has a version, and all hear of it.
package final class RedisLedger: Sendable {
  /// What stands under a key; no value where nothing does, or does any more.
  package struct Entry: Sendable, Equatable {
    package let key: String
    package let version: Int64
    package let value: [UInt8]?

    package init(key: String, version: Int64, value: [UInt8]?) {
      self.key = key
      self.version = version
      self.value = value
    }
  }

  package struct Change: Sendable {
    package enum Condition: Sendable {
      case isAbsent
      case isThere
      case hasVersion(Int64)
    }

    package let key: String
    package let value: [UInt8]?
    package let condition: Condition

    package init(key: String, value: [UInt8]?, condition: Condition) {
      self.key = key
      self.value = value
      self.condition = condition
    }
  }

  package enum Outcome: Sendable, Equatable {
    case done(version: Int64, before: [UInt8]?)
    case differs(Entry)
  }

  package enum News: Sendable {
    /// All there is, and the version up to which it has everything.
    case whole([Entry], bound: Int64)
    case changed([Entry])
    case nothing
  }

  private let client: RedisClient
  private let options: RedisJournalOptions
  private let newestVersion = Atomic<Int64>(0)
  private let feed: RedisLedgerFeed

  init(_ client: RedisClient, _ dial: RedisDial, _ log: Log) {
    self.client = client
    options = dial.options
    feed = RedisLedgerFeed(dial, log)
  }

  /// The newest version that was seen of anything.
  package var newest: Int64 { newestVersion.load(ordering: .acquiring) }

  func saw(_ version: Int64) {
    _ = newestVersion.max(version, ordering: .acquiringAndReleasing)
  }

  package func change(_ changes: [Change]) async throws(JournalError) -> [Outcome] {
    var words = RedisArguments()
    words.append(options.clock() * 1000)
    words.append(changes.count)
    for change in changes {
      words.append(change.key)
      switch change.condition {
      case .isAbsent: words.append("")
      case .isThere: words.append("+")
      case .hasVersion(let version): words.append(version)
      }
      words.append(change.value != nil)
      words.append(change.value ?? [])
    }
    let replies = try await client.ask(.script(.ledger, words)).elements
    guard replies.count == changes.count else { throw unreadable }
    var outcomes: [Outcome] = []
    for (change, reply) in zip(changes, replies) {
      let parts = reply.elements
      guard parts.count == 4, let version = parts[1].number, let value = parts[3].content else { throw unreadable }
      saw(version)
      let stands = parts[2].number == 1 ? value : nil
      outcomes.append(
        parts[0].string == "done"
          ? .done(version: version, before: stands)
          : .differs(Entry(key: change.key, version: version, value: stands)))
    }
    return outcomes
  }

  package func entries(_ keys: [String]) async throws(JournalError) -> [Entry] {
    var words = RedisArguments("HMGET", options.keys + "ledger")
    for key in keys { words.append(key) }
    let replies = try await client.ask(.plain(words)).elements
    guard replies.count == keys.count else { throw unreadable }
    var entries: [Entry] = []
    for (key, reply) in zip(keys, replies) {
      guard reply != .null else {
        entries.append(Entry(key: key, version: 0, value: nil))
        continue
      }
      guard let entry = Entry(key: key, row: reply) else { throw unreadable }
      saw(entry.version)
      entries.append(entry)
    }
    return entries
  }

  /// Tells all there is, then what changes, and all anew when something may have been missed. Once.
  package func follow(_ sink: @escaping @Sendable (News) -> Void) async {
    await feed.start(of: self, sink)
  }

  func close() async {
    await feed.close()
  }

  private var unreadable: JournalError {
    JournalError(.corrupt, "\(options.server) does not say what stands in the ledger.")
  }
}

extension RedisLedger.Entry {
  /// - Parameter row: the version, a space, the value.
  init?(key: String, row: RedisReply) {
    guard let bytes = row.content, let space = bytes.firstIndex(of: UInt8(ascii: " ")),
      let version = Int64(ascii: bytes[..<space])
    else { return nil }
    self.init(key: key, version: version, value: Array(bytes[(space + 1)...]))
  }
}
