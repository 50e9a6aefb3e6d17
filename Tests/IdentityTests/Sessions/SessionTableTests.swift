import Testing

@testable import Identity

struct SessionTableTests {
  private let limits = SessionValues.limits
  private let start = SessionValues.start

  private func opened(_ record: SessionRecord) -> HeldTable {
    let table = HeldTable()
    #expect(table.open(record) == [.keep(record)])
    return table
  }

  // MARK: Ends

  @Test(
    arguments: [
      // What is done, as seconds after the start; when it is asked for; whether it is there.
      ([], 999, true),
      ([], 1000, false),
      ([900], 1899, true),
      ([900], 1900, false),
      ([900, 1800, 2700, 3600, 4500], 4999, true),
      ([900, 1800, 2700, 3600, 4500], 5000, false),
      // A clock that goes back takes no time from a session that was used.
      ([900, 100], 1899, true),
    ] as [([Int64], Int64, Bool)])
  func `a session is over when it is idle for long or old`(uses: [Int64], asked: Int64, isThere: Bool) {
    let cookie = SessionCookieValue()
    let table = opened(SessionValues.record("a", cookie: cookie))
    for use in uses { #expect(table.show(cookie, use) == "found") }
    #expect(table.isLive("a", asked) == isThere)
    let (lookup, change) = table.find(cookie, asked)
    #expect(lookup.word == (isThere ? "found" : "unknown"))
    #expect(change == (isThere ? .used(id: "a", at: start + asked) : .end(id: "a")))
  }

  @Test(arguments: [(100, 100), (4999, 4999), (5000, 5000), (9000, 5000)] as [(Int64, Int64)])
  func `a session does not outlive the token it was opened with`(expires: Int64, ends: Int64) {
    let token = SessionValues.token(expires: start + expires)
    #expect(SessionRecord.end(opened: start, claims: token, limits: limits) == start + ends)
    let certificate = CredentialClaims.certificate(
      CertificateClaims(uris: [], dnsNames: [], fingerprint: "", serial: "", expires: start + expires))
    #expect(SessionRecord.end(opened: start, claims: certificate, limits: limits) == start + ends)
  }

  @Test func `a session that is over does not come back when the clock goes back`() {
    let cookie = SessionCookieValue()
    let table = opened(SessionValues.record("a", cookie: cookie))
    #expect(table.show(cookie, 1000) == "unknown")
    #expect(table.show(cookie, 1) == "unknown")
    #expect(table.table.records.isEmpty)
  }

  @Test func `sweeping ends what is over and nothing else`() {
    let table = opened(SessionValues.record("a"))
    table.open(SessionValues.record("b", opened: start + 500))
    #expect(table.sweep(999) == [])
    #expect(table.sweep(1000) == [.end(id: "a")])
    #expect(table.table.records.keys.sorted() == ["b"])
  }

  // MARK: Cookies

  @Test(
    arguments: [
      // When the cookie is changed, when the new one is used first, when the old one is shown, and what comes of that.
      (100, nil, 101, "found"),
      (100, nil, 1099, "found"),
      (100, 110, 140, "found"),
      (100, 110, 141, "stolen"),
      (100, 500, 530, "found"),
      (100, 500, 531, "stolen"),
    ] as [(Int64, Int64?, Int64, String)])
  func `the old cookie is good until the new one is used, and a little longer`(
    changed: Int64, used: Int64?, shown: Int64, outcome: String
  ) {
    let old = SessionCookieValue()
    let new = old.successor()
    let table = opened(SessionValues.record("a", cookie: old))
    #expect(table.show(old, changed) == "found")
    #expect(table.rotate(old, to: new, changed))
    if let used { #expect(table.show(new, used) == "found") }
    let (lookup, change) = table.find(old, shown)
    #expect(lookup.word == outcome)
    if outcome == "stolen" { #expect(change == .end(id: "a")) }
    // For both: nobody knows which of them is the thief.
    #expect((table.show(new, shown) == "found") == (outcome == "found"))
  }

  @Test func `a right name with a secret that never was ends the session`() {
    let cookie = SessionCookieValue()
    let table = opened(SessionValues.record("a", cookie: cookie))
    #expect(table.show(cookie.successor(), 0) == "stolen")
    #expect(table.show(cookie, 0) == "unknown")
  }

  @Test func `a cookie that was never given leads nowhere and changes nothing`() {
    let table = opened(SessionValues.record("a"))
    let before = table.table
    let (lookup, change) = table.find(SessionCookieValue(), 0)
    #expect(lookup.word == "unknown")
    #expect(change == nil)
    #expect(table.table == before)
  }

  @Test func `of two pages that ask for a new cookie at once, one gets it`() {
    let old = SessionCookieValue()
    let (new, other) = (old.successor(), old.successor())
    let table = opened(SessionValues.record("a", cookie: old))
    #expect(table.rotate(old, to: new, 100))
    #expect(!table.rotate(old, to: other, 101))
    #expect(table.show(new, 102) == "found")
    // Nor does the new one change while the old one is still good.
    #expect(!table.rotate(new, to: other, 103))
    #expect(table.show(new, 133) == "found")
    #expect(table.rotate(new, to: other, 133))
    #expect(table.show(other, 134) == "found")
  }

  @Test func `a browser that never got the new cookie goes on with the old one and gets another`() {
    let old = SessionCookieValue()
    let (lost, new) = (old.successor(), old.successor())
    let table = opened(SessionValues.record("a", cookie: old))
    #expect(table.rotate(old, to: lost, 100))
    #expect(table.show(old, 900) == "found")
    #expect(table.rotate(old, to: new, 900))
    #expect(table.show(new, 901) == "found")
    #expect(table.show(old, 902) == "found")
    #expect(table.show(lost, 903) == "stolen")
  }

  @Test(arguments: [(499, false), (500, true)] as [(Int64, Bool)])
  func `a cookie is due to be changed after a while`(age: Int64, isDue: Bool) throws {
    let cookie = SessionCookieValue()
    let table = opened(SessionValues.record("a", cookie: cookie))
    guard case .found(let found) = table.find(cookie, age).0 else {
      throw ExpectationFailed()
    }
    #expect(found.needsRotation == isDue)
    #expect(found.accepts(csrf: cookie.csrf))
    #expect(!found.accepts(csrf: ""))
    #expect(!found.accepts(csrf: SessionCookieValue().csrf))
    #expect(!found.accepts(csrf: cookie.csrf + " "))
  }

  @Test func `the old cookie is not due to be changed while the new one is on its way`() throws {
    let old = SessionCookieValue()
    let table = opened(SessionValues.record("a", cookie: old))
    _ = table.rotate(old, to: old.successor(), 100)
    guard case .found(let found) = table.find(old, 700).0 else {
      throw ExpectationFailed()
    }
    #expect(!found.needsRotation)
  }

  private struct ExpectationFailed: Error {}

  // MARK: More

  @Test func `one session too many of a principal ends the one unused for the longest`() {
    let table = HeldTable()
    let cookies = (0..<4).map { _ in SessionCookieValue() }
    for (index, id) in ["a", "b", "c"].enumerated() {
      table.open(SessionValues.record(id, cookie: cookies[index]))
    }
    table.open(SessionValues.record("z", owner: "zoe"))
    _ = table.find(cookies[0], 5)
    _ = table.find(cookies[2], 6)
    let fourth = SessionValues.record("d", cookie: cookies[3], opened: start + 7)
    #expect(table.open(fourth) == [.end(id: "b"), .keep(fourth)])
    #expect(table.table.records.keys.sorted() == ["a", "c", "d", "z"])
  }

  @Test func `one session too many of all ends the one unused for the longest`() {
    let table = HeldTable()
    for index in 0..<5 {
      let record = SessionValues.record("\(index)", owner: "\(index)", opened: start + Int64(index))
      table.open(record)
    }
    table.open(SessionValues.record("5", owner: "5", opened: start + 9))
    #expect(table.table.records.keys.sorted() == ["1", "2", "3", "4", "5"])
  }

  @Test func `a token that lasts longer lets a session end later, up to its limit`() {
    let table = opened(SessionValues.record("a", claims: SessionValues.token(expires: start + 100)))
    let later = SessionValues.token(expires: start + 200)
    #expect(table.extend("a", later, 50))
    #expect(table.table.records["a"]?.ends == start + 200)
    #expect(table.table.records["a"]?.claims == later)
    let sooner = SessionValues.token(expires: start + 150)
    #expect(!table.extend("a", sooner, 60))
    #expect(table.table.records["a"]?.claims == later)
    let muchLater = SessionValues.token(expires: start + 99_999)
    #expect(table.extend("a", muchLater, 70))
    #expect(table.table.records["a"]?.ends == start + 5000)
    #expect(!table.extend("a", muchLater, 1000))
    #expect(!table.extend("b", muchLater, 70))
  }

  @Test func `sessions of a file that cannot be of one table are refused`() {
    let cookie = SessionCookieValue()
    let table = opened(SessionValues.record("a", cookie: cookie))
    #expect(!table.apply(.keep(SessionValues.record("b", cookie: cookie))))
    #expect(!table.apply(.keep(SessionValues.record("a"))))
    #expect(!table.apply(.used(id: "b", at: start)))
    #expect(table.apply(.end(id: "b")))
    #expect(table.table.records == ["a": SessionValues.record("a", cookie: cookie)])
  }
}
