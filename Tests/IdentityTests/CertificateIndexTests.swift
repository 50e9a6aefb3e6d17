import Testing

@testable import Identity

struct CertificateIndexTests {
  private static let heading = CertificateIndex().text
  private static let good = "V\t2027-11-21T07:49:27Z\t-\t5F0A\tagent/a\n"

  @Test func `an index comes back as it was written`() throws {
    let text =
      Self.heading + "V\t2027-11-21T07:49:27Z\t-\t01\tauthority/client-ca\n"
      + "V\t2027-11-21T07:49:27Z\t-\t02\tserver/::1\n"
      + "R\t2027-11-21T07:49:27Z\t2026-11-22T00:00:00Z\t03\toperator/x-1\n" + Self.good
    let index = try CertificateIndex(text: text)
    #expect(index.text == text)
    #expect(
      index.entries.map(\.holder.description) == ["authority/client-ca", "server/::1", "operator/x-1", "agent/a"])
    #expect(index.revocations.map(\.serialNumber.description) == ["03"])
  }

  @Test(arguments: [
    ("", 1, "heading"), ("nonsense\n", 1, "heading"), (good, 1, "heading"),
    (heading.dropLast().description, 1, "within"),
    (heading + good + "\n", 3, "1 fields"), (heading + good.dropLast(), 2, "within a line"),
    (heading + "V\t2027-11-21T07:49:27Z\t-\t5F0A\n", 2, "4 fields"),
    (heading + "X\t2027-11-21T07:49:27Z\t-\t5F0A\tagent/a\n", 2, "\"X\" is no state"),
    (heading + "V\tsoon\t-\t5F0A\tagent/a\n", 2, "\"soon\" is no time"),
    (heading + "R\t2027-11-21T07:49:27Z\t-\t5F0A\tagent/a\n", 2, "\"-\" is no time of revocation"),
    (heading + "V\t2027-11-21T07:49:27Z\t2026-11-22T00:00:00Z\t5F0A\tagent/a\n", 2, "not revoked"),
    (heading + "V\t2027-11-21T07:49:27Z\t-\t5f0a\tagent/a\n", 2, "\"5f0a\" is no serial number"),
    (heading + "V\t2027-11-21T07:49:27Z\t-\t5F0A\tagent/../a\n", 2, "\"agent/../a\" is no holder"),
    (heading + "V\t2027-11-21T07:49:27Z\t-\t5F0A\tpilot/a\n", 2, "\"pilot/a\" is no holder"),
    (heading + "V\t2027-11-21T07:49:27Z\t-\t5F0A\tserver/LOCALHOST\n", 2, "is no holder"),
    (heading + good + good, 3, "stands on a line above"),
  ])
  func `a damaged index is refused with the line and the reason`(text: String, line: Int, reason: String) throws {
    let error = try #require(throws: CertificateIndex.ParsingError.self) { try CertificateIndex(text: text) }
    #expect(error.line == line)
    #expect(error.reason.contains(reason), "\(error.reason)")
  }

  @Test func `standing follows the time and the revocation`() throws {
    let index = try CertificateIndex(text: Self.heading + Self.good)
    var entry = try #require(index.entries.first)
    #expect(entry.standing(at: entry.notAfter) == .valid)
    #expect(entry.standing(at: entry.notAfter.adding(seconds: 1)) == .expired)
    let time = UnixTime(seconds: 1)
    entry.state = .revoked(at: time)
    #expect(entry.standing(at: entry.notAfter.adding(seconds: 1)) == .revoked(at: time))
  }
}
