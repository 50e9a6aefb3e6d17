extension AuditRecord {
  /// The same with every text bounded and printable, whoever it comes from.
  var printable: AuditRecord {
    var record = self
    // The longest name is that of a certificate's URI.
    record.who = who.map { AuditText.printable($0, limit: 2100) }
    record.credential = credential.map { AuditText.printable($0) }
    record.session = session.map { AuditText.printable($0) }
    record.from = AuditText.printable(from)
    record.request = request.map { AuditText.printable($0) }
    record.route = route.map { AuditText.printable($0) }
    record.task = task.map { AuditText.printable($0) }
    record.detail = detail.map { AuditText.printable($0, limit: 1024) }
    return record
  }
}

/// Foreign text on one line: what is not printable ASCII is escaped, what is too long is cut.
enum AuditText {
  static func printable(_ text: String, limit: Int = 256) -> String {
    let isFine = text.utf8.count <= limit && text.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != backslash }
    guard !isFine else { return text }
    var shown = ""
    for byte in text.utf8.prefix(limit) {
      if byte == backslash { shown += "\\" }
      shown += (0x20...0x7E).contains(byte) ? String(UnicodeScalar(byte)) : escape(byte)
    }
    return shown + (text.utf8.count > limit ? "..." : "")
  }

  private static let backslash = UInt8(ascii: "\\")

  private static func escape(_ byte: UInt8) -> String { (byte < 16 ? "\\x0" : "\\x") + String(byte, radix: 16) }
}
