import JSON

/// The lines of the file: JSON objects, the first of which says what the file is.
enum SessionLine {
  static let header = Array(#"{"signalbox":"sessions","version":1}"#.utf8)

  static func encode(_ change: SessionChange) -> [UInt8] {
    var writer = JSONWriter(reserving: 512)
    writer.object { line in
      switch change {
      case .keep(let record):
        line.object("keep") { write(record, into: &$0) }
      case .used(let id, let time):
        line.member("used", id)
        line.member("at", time.seconds)
      case .end(let id):
        line.member("end", id)
      }
    }
    return writer.bytes
  }

  /// Nil for everything that `encode` does not write.
  static func decode(_ line: some Collection<UInt8>) -> SessionChange? {
    guard let value = try? JSONValue(parsing: Array(line)) else { return nil }
    if let kept = value["keep"] { return record(kept).map(SessionChange.keep) }
    if let id = value["used"]?.string, let time = value.time("at") { return .used(id: id, at: time) }
    return value["end"]?.string.map(SessionChange.end)
  }

  private static func write(_ record: SessionRecord, into line: inout JSONWriter) {
    line.member("id", record.id)
    line.member("owner", record.owner)
    line.member("opened", record.opened.seconds)
    line.member("used", record.lastUsed.seconds)
    line.member("ends", record.ends.seconds)
    line.member("name", Base64URL.encode(record.nameHash))
    line.member("cookie", Base64URL.encode(record.cookieHash))
    line.member("since", record.cookieSince.seconds)
    switch record.former {
    case .untilSuccessorIsUsed(let hash):
      line.object("former") { $0.member("cookie", Base64URL.encode(hash)) }
    case .until(let end, let hash):
      line.object("former") { former in
        former.member("cookie", Base64URL.encode(hash))
        former.member("until", end.seconds)
      }
    case nil: break
    }
    line.object("claims") { $0.members(of: record.claims) }
  }

  private static func record(_ value: JSONValue) -> SessionRecord? {
    guard let id = value["id"]?.string, let owner = value["owner"]?.string, let opened = value.time("opened"),
      let used = value.time("used"), let ends = value.time("ends"), let name = value.hash("name"),
      let cookie = value.hash("cookie"), let since = value.time("since"),
      let claims = value["claims"].flatMap(CredentialClaims.init(_:))
    else { return nil }
    var record = SessionRecord(
      id: id, owner: owner, nameHash: name, opened: opened, claims: claims, lastUsed: used, ends: ends,
      cookieHash: cookie, cookieSince: since)
    if let former = value["former"] {
      guard let hash = former.hash("cookie") else { return nil }
      if former["until"] == nil {
        record.former = .untilSuccessorIsUsed(hash: hash)
      } else {
        guard let end = former.time("until") else { return nil }
        record.former = .until(end, hash: hash)
      }
    }
    return record
  }
}

extension JSONValue {
  fileprivate func hash(_ key: String) -> [UInt8]? {
    guard let text = self[key]?.string, let bytes = Base64URL.decode(text.utf8), bytes.count == 32 else { return nil }
    return bytes
  }
}
