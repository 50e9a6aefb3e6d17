/// An instant as A2A writes it: UTC, to the millisecond (`2026-03-01T09:30:00.000Z`).
package struct Timestamp: Sendable, Hashable, Comparable {
  package let millisecondsSince1970: Int64

  package init(millisecondsSince1970: Int64) {
    self.millisecondsSince1970 = millisecondsSince1970
  }

  package static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.millisecondsSince1970 < right.millisecondsSince1970
  }
}
