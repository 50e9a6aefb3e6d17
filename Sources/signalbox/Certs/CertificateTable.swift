import Identity

/// Issued certificates, one a line.
enum CertificateTable {
  static func text(_ entries: [IndexEntry], now: UnixTime) -> String {
    let rows = entries.map {
      [$0.holder.description, $0.serialNumber.description, $0.notAfter.description, standing($0, now)]
    }
    return ([["HOLDER", "SERIAL", "NOT AFTER", "STATE"]] + rows).aligned
  }

  private static func standing(_ entry: IndexEntry, _ now: UnixTime) -> String {
    entry.standing(at: now).description
  }
}

extension [[String]] {
  /// Columns as wide as their longest cell, two spaces between them, nothing behind the last.
  fileprivate var aligned: String {
    let widths = (first ?? []).indices.map { column in map { $0[column].count }.max() ?? 0 }
    return map { row in
      row.enumerated().map { column, cell in
        column == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[column] - cell.count + 2)
      }.joined()
    }.joined(separator: "\n")
  }
}
