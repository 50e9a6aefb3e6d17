import JSON

extension PolicyReader {
  mutating func readSelectors(
    _ members: [String: JSONValue], name: String?, of value: JSONValue
  ) -> [PolicySelector] {
    var selectors = [
      members["certificate"].flatMap { readCertificate($0) }, members["token"].flatMap { readToken($0) },
    ]
    if bool(members["link"], "link") {
      if members["name"] == nil { note(value, "A sign-in link is made out to a name. Give this entry one.") }
      selectors.append(name.map { .link($0) })
    }
    return selectors.compactMap(\.self)
  }

  private mutating func readCertificate(_ value: JSONValue) -> PolicySelector? {
    let known = ["uri", "dns", "fingerprint"]
    guard let members = members(of: value, "certificate", known) else { return nil }
    guard members.count == 1, let (kind, name) = members.first else {
      // A member that is not known has been noted already.
      if value.count == members.count {
        note(value, "certificate must have one of \(known.joined(separator: ", ")), and only one.")
      }
      return nil
    }
    switch kind {
    case "uri": return readURI(name)
    case "dns": return text(name, "A DNS name", .dns).map { .dns($0) }
    default: return text(name, "A fingerprint", .fingerprint).map { .fingerprint($0) }
    }
  }

  private mutating func readURI(_ value: JSONValue) -> PolicySelector? {
    guard let uri = text(value, "A URI", .uri) else { return nil }
    guard uri.contains("*") else { return .uri(uri) }
    let folder = String(uri.dropLast())
    let parts = folder.split(separator: "/", omittingEmptySubsequences: false)
    // `spiffe:`, nothing, and somebody whose names they are.
    guard uri.hasSuffix("/*"), !folder.contains("*"), parts.count >= 4, parts[1].isEmpty, !parts[2].isEmpty else {
      note(value, "A URI with a star must end in /* behind a whole name, such as spiffe://example.org/agent/*.")
      return nil
    }
    return .urisBelow(folder)
  }

  private mutating func readToken(_ value: JSONValue) -> PolicySelector? {
    guard let members = members(of: value, "token", ["subject", "issuer"]) else { return nil }
    guard let subject = members["subject"] else {
      note(value, "token must have a subject, or \"*\" for any.")
      return nil
    }
    let issuer = members["issuer"].flatMap { text($0, "An issuer", .issuer) }
    guard let text = text(subject, "A subject", .subject) else { return nil }
    if text == "*" { return .anySubject(issuer: issuer) }
    guard !text.contains("*") else {
      note(subject, "A star stands for any subject only when it stands alone.")
      return nil
    }
    return .subject(text, issuer: issuer)
  }

  /// Puts an entry behind those read so far, and notes when it is hidden by one of them.
  mutating func place(_ selectors: [PolicySelector], _ value: JSONValue) {
    for selector in selectors {
      if let earlier = selector.withWider.compactMap({ index[$0] }).min() {
        note(
          value,
          "Never reached: \(selector) fits the entry on line \(entries[earlier].line) first. Move this entry above it, or "
            + "leave it out.")
        continue
      }
      switch selector {
      case .uri, .urisBelow, .dns: firstWithCertificateNames = firstWithCertificateNames ?? line(of: value)
      case .fingerprint:
        guard let line = firstWithCertificateNames else { break }
        note(
          value,
          "An entry with a fingerprint must stand above those that go by names in certificates, the first of which is on "
            + "line \(line): that certificate may have such a name. Move it there.")
      case .subject, .anySubject, .link: break
      }
      index[selector] = entries.count
    }
  }
}
