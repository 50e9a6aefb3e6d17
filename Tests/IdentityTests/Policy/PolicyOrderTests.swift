import TestSupport
import Testing

@testable import Identity

/// The order of entries: what is hidden by another, and that nothing else is.
struct PolicyOrderTests {
  private typealias Texts = PolicyTexts

  private static let hidden: [(String, String, String)] = [
    (#""token": {"subject": "a"}"#, #""token": {"subject": "a"}"#, "the token subject \"a\""),
    (#""token": {"subject": "*"}"#, #""token": {"subject": "a"}"#, "the token subject \"a\""),
    (#""token": {"subject": "*"}"#, #""token": {"subject": "*"}"#, "the token subject \"*\""),
    (
      #""token": {"subject": "*"}"#, #""token": {"subject": "*", "issuer": "i"}"#,
      "the token subject \"*\" of \"i\""
    ),
    (
      #""token": {"subject": "*", "issuer": "i"}"#, #""token": {"subject": "a", "issuer": "i"}"#,
      "the token subject \"a\" of \"i\""
    ),
    (
      #""token": {"subject": "a"}"#, #""token": {"subject": "a", "issuer": "i"}"#,
      "the token subject \"a\" of \"i\""
    ),
    (
      #""certificate": {"uri": "x://h/a"}"#, #""certificate": {"uri": "x://h/a"}"#,
      "the certificate URI \"x://h/a\""
    ),
    (
      #""certificate": {"uri": "x://h/*"}"#, #""certificate": {"uri": "x://h/a/b"}"#,
      "the certificate URI \"x://h/a/b\""
    ),
    (
      #""certificate": {"uri": "x://h/*"}"#, #""certificate": {"uri": "x://h/a/*"}"#,
      "the certificate URI \"x://h/a/*\""
    ),
    (
      #""certificate": {"uri": "x://h/*"}"#, #""certificate": {"uri": "x://h/*"}"#,
      "the certificate URI \"x://h/*\""
    ),
    (#""certificate": {"dns": "a"}"#, #""certificate": {"dns": "a"}"#, "the certificate DNS name \"a\""),
    (
      #""certificate": {"fingerprint": "\#(Texts.fingerprint)"}"#,
      #""certificate": {"fingerprint": "\#(Texts.fingerprint)"}"#, "the certificate fingerprint \(Texts.fingerprint)"
    ),
  ]

  private func disabled(_ selector: String) -> String { "{\(selector), \"disabled\": true}" }

  @Test(arguments: hidden)
  func `an entry that another hides is a problem`(first: String, second: String, what: String) {
    #expect(
      Texts.problems(entries: disabled(first), disabled(#""certificate": {"dns": "between"}"#), disabled(second))
        .filter { !$0.contains("fingerprint must stand") } == [
          "line 4: Never reached: \(what) fits the entry on line 2 first. Move this entry above it, or leave it out."
        ])
  }

  private static let beside: [(String, String)] = [
    (#""token": {"subject": "a"}"#, #""token": {"subject": "*"}"#),
    (#""token": {"subject": "a"}"#, #""token": {"subject": "A"}"#),
    (#""token": {"subject": "a", "issuer": "i"}"#, #""token": {"subject": "a", "issuer": "j"}"#),
    (#""token": {"subject": "a", "issuer": "i"}"#, #""token": {"subject": "a"}"#),
    (#""token": {"subject": "*", "issuer": "i"}"#, #""token": {"subject": "*"}"#),
    (#""token": {"subject": "*", "issuer": "i"}"#, #""token": {"subject": "a"}"#),
    (#""certificate": {"uri": "x://h/a/*"}"#, #""certificate": {"uri": "x://h/*"}"#),
    (#""certificate": {"uri": "x://h/a/*"}"#, #""certificate": {"uri": "x://h/ab"}"#),
    (#""certificate": {"uri": "x://h/a/*"}"#, #""certificate": {"uri": "x://h/a/"}"#),
    (#""certificate": {"uri": "x://h/a"}"#, #""certificate": {"uri": "x://h/a/*"}"#),
    (#""certificate": {"dns": "a"}"#, #""certificate": {"uri": "x:a"}"#),
    (#""certificate": {"dns": "a"}"#, #""token": {"subject": "a"}"#),
    (#""certificate": {"fingerprint": "\#(Texts.fingerprint)"}"#, #""certificate": {"dns": "a"}"#),
  ]

  @Test(arguments: beside)
  func `entries that both can be reached are none`(first: String, second: String) {
    #expect(Texts.problems(entries: disabled(first), disabled(second)) == [])
  }

  @Test func `a part of an entry that another hides is a problem, too`() {
    #expect(
      Texts.problems(
        entries: #"{"token": {"subject": "*"}, "roles": ["viewer"]}"#,
        #"{"name": "a", "token": {"subject": "a"}, "link": true, "roles": ["viewer"]}"#) == [
          "line 3: Never reached: the token subject \"a\" fits the entry on line 2 first. Move this entry above it, or leave "
            + "it out."
        ])
  }

  @Test func `a name stands once`() {
    let entry = #"{"name": "a", "link": true, "roles": ["viewer"]}"#
    #expect(
      Texts.problems(entries: entry, entry) == [
        "line 3: The name \"a\" stands on line 2 already. Make it one entry, or take another name.",
        "line 3: Never reached: the sign-in link of \"a\" fits the entry on line 2 first. Move this entry above it, or leave "
          + "it out.",
      ])
  }

  /// A certificate is one whatever its names are; below an entry that goes by names it might never be looked at.
  @Test(arguments: [#"{"dns": "a"}"#, #"{"uri": "x:y"}"#, #"{"uri": "x://h/*"}"#])
  func `fingerprints stand above names`(names: String) {
    let fingerprint = #"{"certificate": {"fingerprint": "\#(Texts.fingerprint)"}, "disabled": true}"#
    let other = #"{"certificate": \#(names), "disabled": true}"#
    let token = #"{"token": {"subject": "*"}, "roles": "claims"}"#
    #expect(Texts.problems(entries: token, fingerprint, other) == [])
    #expect(
      Texts.problems(entries: token, other, fingerprint) == [
        "line 4: An entry with a fingerprint must stand above those that go by names in certificates, the first of which is "
          + "on line 3: that certificate may have such a name. Move it there."
      ])
  }

  @Test func `all problems are told at once, in the order of their lines`() {
    let problems = Texts.problems(
      """
      {"rules": 1,
       "principals": [
        {"nam": "a",
         "token": {"subject": "a"}},
        7,
        {"name": "b", "link": true, "roles": ["boss",
         "chief"]}],
       "roles": {"admin":
         []}}
      """)
    #expect(problems.map { $0.prefix { $0 != ":" } } == ["line 1", "line 3", "line 5", "line 6", "line 7", "line 9"])
  }

  // MARK: - What an entry behind can change

  private static let selectors = [
    #""token": {"subject": "a"}"#, #""token": {"subject": "b"}"#, #""token": {"subject": "a", "issuer": "i"}"#,
    #""token": {"subject": "*"}"#, #""token": {"subject": "*", "issuer": "j"}"#, #""certificate": {"uri": "x://h/a"}"#,
    #""certificate": {"uri": "x://h/*"}"#, #""certificate": {"uri": "x://h/d/*"}"#, #""certificate": {"dns": "a"}"#,
  ]

  private static let everyone: [CredentialClaims] =
    [Texts.certificate(dns: ["a"])]
    + ["a", "b", "c"].flatMap { subject in ["i", "j", "k"].map { Texts.token(subject, issuer: $0) } }
    + ["x://h/a", "x://h/b", "x://h/d/e", "x://g/a"].flatMap { uri in
      [Texts.certificate(uris: [uri]), Texts.certificate(uris: [uri, "x://h/a"], dns: ["a"])]
    }

  @Test(arguments: [3, 11, 2026] as [UInt64])
  func `an entry behind changes nothing for those whom others decide`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<20 {
      var entries: [String] = []
      var before: [Identification]?
      for selector in Self.selectors.shuffled(using: &random) {
        let isPattern = selector.contains("*")
        let name = isPattern ? "" : "\"name\": \"n\(entries.count)\", "
        let end = Bool.random(using: &random) ? "\"disabled\": true" : "\"roles\": [\"viewer\"]"
        let text = "{\"principals\": [\((entries + ["{\(name)\(selector), \(end)}"]).joined(separator: ",\n"))]}"
        // One that is hidden cannot be put there at all.
        guard let policy = try? Texts.policy(text) else { continue }
        entries.append("{\(name)\(selector), \(end)}")
        let after = Self.everyone.map(policy.identify)
        for (old, new) in zip(before ?? [], after) where !Self.isUnknown(old) { #expect(old == new, "seed \(seed)") }
        // And each that is let in decides for somebody.
        let deciding = Set(Self.everyone.compactMap { policy.line(deciding: $0) })
        #expect(deciding.contains(entries.count), "seed \(seed): \(text)")
        before = after
      }
    }
  }

  private static func isUnknown(_ identification: Identification) -> Bool {
    guard case .refused(let reason) = identification else { return false }
    return reason.hasPrefix("No entry")
  }
}
