import HTTP
import JSON
import Synchronization
import Telemetry

/// The last refusals of somebody, for people who look how the gateway does; the audit trail has them for good. Any thread.
final class RecentRefusals: Sendable {
  struct Entry: Sendable, Equatable {
    /// Of the last one, in milliseconds since 1970.
    var time: Int64
    let status: Int
    let code: String
    /// The pattern, never a value out of it.
    let route: String
    /// The principal, where one is known.
    let who: String?
    let address: String
    /// So many in a row.
    var count = 1

    fileprivate func isSame(as other: Entry) -> Bool {
      (status, code, route, who, address)
        == (other.status, other.code, other.route, other.who, other.address)
    }
  }

  static let capacity = 50

  /// Oldest first.
  private let entries = Mutex<[Entry]>([])

  func add(_ entry: Entry) {
    entries.withLock { entries in
      if let last = entries.last, last.isSame(as: entry) {
        // Somebody who is refused a thousand times a second does not push out the others.
        entries[entries.count - 1].time = entry.time
        entries[entries.count - 1].count += 1
        return
      }
      if entries.count == Self.capacity { entries.removeFirst() }
      entries.append(entry)
    }
  }

  /// Newest first.
  var all: [Entry] { entries.withLock { $0.reversed() } }
}

extension RecentRefusals.Entry {
  /// - Parameter withNames: who it was, and from where, is for those who may administer.
  func write(to list: inout JSONWriter, withNames: Bool) {
    list.object { item in
      item.member("time", RFC3339.text(millisecondsSince1970: time))
      item.member("status", status)
      item.member("code", code)
      item.member("route", route)
      item.member("count", count)
      guard withNames else { return }
      item.member("who", ifPresent: who.map { AuditText.printable($0, limit: 80) })
      item.member("from", address)
    }
  }
}
