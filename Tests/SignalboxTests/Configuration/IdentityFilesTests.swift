import Foundation
import Identity
import Testing

@testable import signalbox

struct IdentityFilesTests {
  private let scratch: Scratch

  init() throws {
    scratch = try Scratch()
  }

  private func problems(_ key: String, _ value: String) -> [String] {
    var sources = ConfigurationSources()
    sources.flags = [
      .init(name: "--set", key: key, text: value),
      .init(name: "--set", key: key == "state" ? "loops" : "state", text: key == "state" ? "1" : scratch.path),
    ]
    let (settings, problems) = sources.settings()
    #expect(problems.isEmpty)
    return IdentityFiles(settings: settings).problems.map(\.description)
  }

  private func secret(_ name: String, _ text: String, mode: Int = 0o600) throws -> String {
    let file = try scratch.write(name, text)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
    return file
  }

  @Test(arguments: ["policy", "tokens.keys", "tokens.keysAuthority", "tokens.secret", "openId.authority"])
  func `a missing file is named with its key`(key: String) {
    #expect(problems(key, "/no/file") == ["\(key) is \"/no/file\" (flag --set). /no/file does not exist."])
  }

  @Test func `all that is wrong with a policy is said, each with its line`() throws {
    let file = try scratch.write("policy.json", "{\n  \"principals\": 7,\n  \"nobody\": 8\n}\n")
    let found = problems("policy", file)
    #expect(found.count >= 2)
    #expect(found.allSatisfy { $0.hasPrefix("policy is \"\(file)\" (flag --set). \(file):") })
    #expect(found.contains { $0.contains("\(file):2: ") })
    #expect(found.contains { $0.contains("\(file):3: ") })
  }

  @Test func `where tokens of two issuers are taken, each entry for tokens says whose it means`() throws {
    let file = try scratch.write(
      "policy.json",
      """
      {"principals": [
        {"name": "kim", "token": {"subject": "kim", "issuer": "https://a.example"}, "roles": ["viewer"]},
        {"token": {"subject": "*"}, "roles": "claims"}
      ]}
      """)
    func found(openID issuer: String) -> [String] {
      var sources = ConfigurationSources()
      let values = [
        "state": scratch.path, "policy": file, "tokens.issuer": "https://a.example", "openId.issuer": issuer,
      ]
      sources.flags = values.map { .init(name: "--set", key: $0.key, text: $0.value) }
      return IdentityFiles(settings: sources.settings().0).problems.map(\.description)
    }
    #expect(found(openID: "https://a.example").isEmpty)
    let problems = found(openID: "https://b.example")
    #expect(problems.count == 1)
    let beginning = "\(file):3: Tokens of \"https://a.example\" and \"https://b.example\" are taken"
    #expect(problems.first?.contains(beginning) == true)
  }

  @Test func `keys must be a set of keys`() throws {
    let found = problems("tokens.keys", try scratch.write("keys.json", "[]\n"))
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("tokens.keys is ") == true)
  }

  @Test func `an authority must be one`() throws {
    #expect(problems("openId.authority", try scratch.write("ca.pem", "no certificate\n")).count == 1)
    let pki = try scratch.makePKI()
    #expect(problems("openId.authority", pki.layout.serverAuthority.certificate).isEmpty)
    #expect(problems("tokens.keysAuthority", pki.layout.server.certificate).count == 1)
  }

  @Test func `a secret is for its owner alone, and long enough`() throws {
    let long = String(repeating: "x", count: 32)
    #expect(try problems("tokens.secret", secret("good", long)).isEmpty)
    let open = try problems("tokens.secret", secret("open", long, mode: 0o640))
    #expect(open.count == 1)
    #expect(open.first?.hasPrefix("tokens.secret is ") == true)
    #expect(open.first?.contains("Its mode is 0640, so other users may have read it.") == true)
    #expect(try problems("openId.clientSecret", secret("shown", "s", mode: 0o604)).count == 1)
    let short = try problems("tokens.secret", secret("short", String(long.dropLast()) + "\n"))
    #expect(short.count == 1)
    #expect(short.first?.contains("has 31 bytes") == true)
    #expect(try problems("openId.clientSecret", secret("client", "s")).isEmpty)
    #expect(try problems("openId.clientSecret", secret("empty", "\n")).count == 1)
  }

  @Test func `the state's folder is there or can be made`() throws {
    #expect(problems("state", scratch.path).isEmpty)
    #expect(problems("state", "\(scratch.path)/not/yet").isEmpty)
    let file = try scratch.write("file", "")
    #expect(
      problems("state", file) == ["state is \"\(file)\" (flag --set). \(file) is a file, and a folder is needed."])
    #expect(problems("state", "\(file)/below").count == 1)
  }

  @Test(.enabled(if: getuid() != 0, "root may write everywhere"))
  func `a folder in which this user may not write is refused`() throws {
    let folder = "\(scratch.path)/closed"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: folder)
    #expect(problems("state", folder).count == 1)
    #expect(problems("state", "\(folder)/below").count == 1)
  }
}
