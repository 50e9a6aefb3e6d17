/// The last entries, in order.
struct AuditRing: Sendable {
  private let capacity: Int
  private var entries: [AuditEntry] = []
  /// Where the oldest entry is, once there are as many as may be.
  private var oldest = 0

  init(capacity: Int) {
    self.capacity = capacity
  }

  mutating func append(_ entry: AuditEntry) {
    if entries.count < capacity {
      entries.append(entry)
    } else {
      entries[oldest] = entry
      oldest = (oldest + 1) % capacity
    }
  }

  /// The first `limit` entries behind that id; without an id the last `limit` ones. Oldest first.
  func entries(after id: Int64?, limit: Int) -> [AuditEntry] {
    let inOrder = entries[oldest...] + entries[..<oldest]
    guard let id else { return Array(inOrder.suffix(limit)) }
    return Array(inOrder.filter { $0.id > id }.prefix(limit))
  }
}
