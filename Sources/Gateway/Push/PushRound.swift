import A2A
import A2AWire
import Identity
import JSON
import Journal
import Wire

/// Tells one receiver about one task: from the place up to which it was told, out of the journal, to the task's end.
struct PushRound: Sendable {
  enum End: Sendable, Equatable {
    /// The task has ended, and all of it was told.
    case done
    /// The task was removed, or the configuration with it.
    case gone
    /// Its owner may not watch the task any more.
    case forbidden
    /// It can never be told: why.
    case unusable(String)
    /// Whoever waits for it was cancelled.
    case stopped
  }

  /// Of what was delivered, no more is told again after a crash.
  static let unsavedLimit = 32

  let task: String
  let entry: PushEntry
  let hub: Hub
  let loop: Loop
  let courier: PushCourier
  let mayWatch: @Sendable (PushEntry, TaskFacts) -> Bool

  private var journal: any Journal { hub.journal }

  /// Throws when the journal cannot be read or written; it may be tried again.
  func run() async throws(JournalError) -> End {
    guard let stored = try await journal.task(task) else { return .gone }
    let facts = TaskFacts(stored.opening)
    guard var keeping = try await PushKeeping(entry, of: task, in: journal) else { return .gone }
    var entry = keeping.entry
    var image: TaskImage?
    if entry.version != .v1 {
      // It is told the whole task each time, so that has to be put together from the beginning.
      let blank = AgentTask(
        id: task, contextID: stored.opening.context ?? task, status: TaskStatus(.submitted))
      image = TaskImage(task: blank)
    }
    let feed = hub.feed(of: task, after: image == nil ? entry.offset : 0, on: loop)
    defer { feed.close() }
    while let records = try await feed.next() {
      var unsaved = 0
      for record in records {
        image?.take(record)
        guard record.offset > entry.offset, let body = Self.body(of: record, image) else { continue }
        guard try await keeping.isOurs() else { return .gone }
        if let end = await deliver(body, entry, facts) {
          if unsaved > 0 { _ = try await keeping.save(entry) }
          return end
        }
        entry.offset = record.offset
        unsaved += 1
        if unsaved < Self.unsavedLimit { continue }
        guard try await keeping.save(entry) else { return .gone }
        unsaved = 0
      }
      if unsaved > 0, !(try await keeping.save(entry)) { return .gone }
    }
    return try await endOfFeed(entry, &keeping)
  }

  /// What is told of a record; nil for what concerns nobody outside.
  private static func body(of record: Record, _ image: TaskImage?) -> [UInt8]? {
    guard record.kind == .event, record.isEventOfA2A else { return nil }
    return image?.task.encodedAs0_3() ?? record.payload
  }

  /// Nil when it is delivered or given up.
  private func deliver(_ body: [UInt8], _ entry: PushEntry, _ facts: TaskFacts) async -> End? {
    let notification: PushNotification
    do throws(A2AError) {
      notification = try courier.notification(body, for: entry.config, entry.version)
    } catch {
      return .unusable(error.message)
    }
    let receiver = PushReceiver(task: task, config: entry.id)
    let outcome = await courier.deliver(notification, to: receiver) { failures in
      guard mayWatch(entry, facts) else { return false }
      // Nobody waits for ever for a receiver that does not come back: with the task goes what there was to say of it.
      return failures == 0 ? true : await isKept()
    }
    guard outcome == .abandoned else { return nil }
    if Task.isCancelled { return .stopped }
    return mayWatch(entry, facts) ? .gone : .forbidden
  }

  private func isKept() async -> Bool {
    do throws(JournalError) {
      return try await journal.task(task) != nil
    } catch {
      // Nobody knows: the journal says so where it is needed.
      return true
    }
  }

  private func endOfFeed(_ entry: PushEntry, _ keeping: inout PushKeeping) async throws(JournalError) -> End {
    if Task.isCancelled { return .stopped }
    guard let stored = try await journal.task(task) else { return .gone }
    // A feed that ends before its task does was closed with the hub.
    guard stored.isFinal else { return .stopped }
    var entry = entry
    entry.isDone = true
    return try await keeping.save(entry) ? .done : .gone
  }
}

extension Record {
  /// Others are of producers, who may write what they like.
  fileprivate var isEventOfA2A: Bool {
    guard let value = try? JSONValue(parsing: payload) else { return false }
    return (try? TaskEvent(reading: value)) != nil
  }
}
