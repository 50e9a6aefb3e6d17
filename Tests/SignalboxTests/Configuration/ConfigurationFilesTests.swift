import Identity
import Testing

@testable import signalbox

struct ConfigurationFilesTests {
  private let scratch: Scratch
  private let pki: DevelopmentPKI

  init() throws {
    scratch = try Scratch()
    pki = try scratch.makePKI()
  }

  /// Only the agent listener, the one with all kinds of files, is under test; the public one has good ones.
  private func problems(
    certificate: String? = nil, key: String? = nil, authority: String? = nil, list: String? = nil,
    samples: String? = nil
  ) -> [String] {
    let layout = pki.layout
    var values = [
      ("listeners.admin.enabled", "false"),
      ("listeners.public.certificate", layout.server.certificate), ("listeners.public.key", layout.server.key),
      ("listeners.agents.certificate", certificate ?? layout.server.certificate),
      ("listeners.agents.key", key ?? layout.server.key),
      ("listeners.agents.clientAuthority", authority ?? layout.clientAuthority.certificate),
      ("listeners.agents.revocationList", list ?? layout.revocationList),
    ]
    if let samples { values.append(("samples", samples)) }
    var sources = ConfigurationSources()
    sources.flags = values.map { .init(name: "--set", key: $0.0, text: $0.1) }
    let (settings, problems) = sources.settings()
    #expect(problems.isEmpty)
    return ConfigurationFiles.problems(in: settings).map(\.description)
  }

  @Test func `the files of a development PKI are good, with and without a revocation list`() {
    #expect(problems().isEmpty)
    #expect(problems(list: "").isEmpty)
  }

  @Test func `every missing file is named with its key, its value and where that came from`() {
    #expect(
      problems(certificate: "/no/c", key: "/no/k", authority: "/no/a", list: "/no/l") == [
        "listeners.agents.certificate is \"/no/c\" (flag --set). /no/c does not exist.",
        "listeners.agents.key is \"/no/k\" (flag --set). /no/k does not exist.",
        "listeners.agents.clientAuthority is \"/no/a\" (flag --set). /no/a does not exist.",
        "listeners.agents.revocationList is \"/no/l\" (flag --set). /no/l does not exist.",
      ])
  }

  @Test func `samples are read, and what is wrong with them is named`() throws {
    let folder = "\(scratch.path)/samples"
    #expect(problems(samples: folder).first?.hasPrefix("samples is \"\(folder)\" (flag --set). ") == true)
    try scratch.write("samples/index.json", #"[{"name":"a.xml","title":"A","description":"One."}]"#)
    #expect(problems(samples: folder).first?.contains("a.xml cannot be opened") == true)
    try scratch.write("samples/a.xml", "<Alert/>")
    #expect(problems(samples: folder).isEmpty)
  }

  @Test func `a folder is no certificate`() {
    #expect(
      problems(certificate: scratch.path) == [
        "listeners.agents.certificate is \"\(scratch.path)\" (flag --set). \(scratch.path) is a folder, and a file is "
          + "needed."
      ])
  }

  @Test func `files with something else in them are refused under the right key`() throws {
    let junk = try scratch.write("junk.pem", "no certificate\n")
    #expect(problems(certificate: junk).map { $0.prefix(28) } == ["listeners.agents.certificate"])
    #expect(problems(key: junk).map { $0.prefix(20) } == ["listeners.agents.key"])
    #expect(problems(authority: junk).map { $0.prefix(32) } == ["listeners.agents.clientAuthority"])
    #expect(problems(list: junk).map { $0.prefix(31) } == ["listeners.agents.revocationList"])
  }

  @Test func `a key of another certificate is refused`() throws {
    let other = try scratch.makePKI("other").layout.server.key
    let found = problems(key: other)
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("listeners.agents.key is \"\(other)\"") == true)
  }

  @Test func `a leaf is no authority, and another authority's list is none of ours`() throws {
    #expect(problems(authority: pki.layout.server.certificate, list: "").count == 1)
    let other = try scratch.makePKI("other").layout.revocationList
    #expect(problems(list: other).map { $0.prefix(31) } == ["listeners.agents.revocationList"])
  }

  @Test func `whoever has configured nothing is told how to make certificates`() {
    let found = ConfigurationFiles.problems(in: Settings(layers: [])).map(\.description)
    #expect(found.count == 10)
    #expect(
      found.allSatisfy { $0.hasSuffix("does not exist. For certificates to develop with, run: signalbox certs init") })
  }
}
