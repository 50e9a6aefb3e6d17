import Testing

@testable import Identity

struct SessionLineTests {
  private static let start = SessionValues.start

  private static let changes: [SessionChange] = {
    var rotated = SessionValues.record("b")
    rotated.former = .untilSuccessorIsUsed(hash: Digest.sha256([1]))
    var settled = SessionValues.record("c", owner: "J\u{f6}rg \"\n\u{2028}")
    settled.former = .until(start + 30, hash: Digest.sha256([2]))
    settled.lastUsed = start + 17
    settled.cookieSince = start + 11
    return [
      .keep(SessionValues.record("a")), .keep(rotated), .keep(settled),
      .keep(SessionValues.record("d", claims: SessionValues.token(expires: start + 60))),
      .keep(
        SessionValues.record(
          "e",
          claims: .token(
            TokenClaims(issuer: "i", subject: "s", tenant: nil, roles: [], expires: start + 60, id: nil)))),
      .keep(
        SessionValues.record(
          "f",
          claims: .certificate(
            CertificateClaims(
              uris: ["spiffe://a/b"], dnsNames: ["c.example"], fingerprint: "00ff", serial: "01",
              expires: start + 60)))),
      .used(id: "a", at: start), .end(id: "a"),
    ]
  }()

  @Test(arguments: changes)
  func `a change comes back as it was written, in one line`(change: SessionChange) {
    let line = SessionLine.encode(change)
    #expect(!line.contains(UInt8(ascii: "\n")))
    #expect(SessionLine.decode(line) == change)
  }

  @Test(arguments: changes)
  func `a line with its end missing is none`(change: SessionChange) {
    let line = SessionLine.encode(change)
    for length in 0..<line.count { #expect(SessionLine.decode(line[..<length]) == nil) }
  }

  @Test(
    arguments: [
      "", "{}", "[]", "null", #"{"end":7}"#, #"{"used":"a"}"#, #"{"used":"a","at":"1"}"#, #"{"keep":{}}"#,
      #"{"signalbox":"sessions","version":1}"#, #"{"end":"a"}{"end":"b"}"#, #"{"end":"a","end":"b"}"#,
    ])
  func `anything else is no line`(text: String) {
    #expect(SessionLine.decode(Array(text.utf8)) == nil)
  }

  @Test(
    arguments: [
      "id", "owner", "opened", "used", "ends", "name", "cookie", "since", "claims", "issuer", "subject", "roles",
      "expires",
    ])
  func `a session without one of its members is none`(name: String) {
    let line = SessionLine.encode(.keep(SessionValues.record("a", claims: SessionValues.token(expires: Self.start))))
    let text = String(decoding: line, as: UTF8.self).replacing("\"\(name)\":", with: "\"x\":")
    #expect(SessionLine.decode(Array(text.utf8)) == nil)
  }
}
