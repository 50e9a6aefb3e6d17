import Identity
import TestSupport
import Testing

@testable import signalbox

/// The files that agents' settings name, before a gateway reads them.
struct WorkFilesTests {
  private let files: TestCertificateFiles

  init() throws {
    files = try TestCertificates.shared().write(to: try TemporaryFolder())
  }

  private func problems(_ changes: [String: String?]) -> [String] {
    var values: [String: String] = [
      "agents.a.url": "https://a.example", "agents.a.authority": files.serverAuthority,
      "agents.a.certificate": files.certificate(.good), "agents.a.key": files.key(.good),
    ]
    for (key, value) in changes { values[key] = value }
    var sources = ConfigurationSources()
    sources.flags = values.map { .init(name: "--set", key: $0.key, text: $0.value) }
    let (settings, problems) = sources.settings()
    #expect(problems.isEmpty)
    return WorkFiles(settings: settings).problems.map(\.description)
  }

  @Test func `good files are good`() throws {
    let keys = try files.folder.write(try TokenSigner.generate(.es256).keySetText, to: "keys.json")
    #expect(
      problems([
        "agents.a.cardKeys": keys, "work.pushAuthority": files.serverAuthority,
        "work.spansAuthority": files.serverAuthority,
      ]) == [])
  }

  @Test(arguments: [
    "agents.a.authority", "agents.a.certificate", "agents.a.key", "agents.a.revocationList", "agents.a.cardKeys",
    "work.pushAuthority", "work.spansAuthority",
  ])
  func `a missing file is named with its key`(key: String) {
    #expect(problems([key: "/no/file"]) == ["\(key) is \"/no/file\" (flag --set). /no/file does not exist."])
  }

  @Test func `what does not belong together is told with the key that is meant`() throws {
    let other = problems(["agents.a.key": files.key(.goodOperator)])
    #expect(other.count == 1)
    #expect(other.first?.hasPrefix("agents.a.key is") == true)
    let expired = problems(["agents.a.certificate": files.certificate(.expired), "agents.a.key": files.key(.expired)])
    #expect(expired.first?.hasPrefix("agents.a.certificate is") == true)
    #expect(expired.first?.contains("has expired") == true)
    let foreign = problems(["agents.a.revocationList": files.revocationList])
    #expect(foreign.count == 1)
    #expect(foreign.first?.contains("is not signed by a CA of") == true)
    let keys = problems(["agents.a.cardKeys": files.serverAuthority])
    #expect(keys.first?.hasPrefix("agents.a.cardKeys is") == true)
  }
}
