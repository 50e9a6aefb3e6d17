import Foundation
import Identity
import JSON
import TestSupport
import Testing

/// What outlives a gateway in a fault test: its folder with certificates, policy and journal, and who calls it.
struct Station: Sendable {
  let folder: TemporaryFolder
  let pki: DevelopmentPKI
  /// Publishes as the agent of this name.
  let producer: IssuedFiles
  /// May watch everything, and administer.
  let `operator`: IssuedFiles

  /// - Parameter begun: from when on its certificates are good.
  init(since begun: UnixTime = .now()) throws {
    folder = try TemporaryFolder()
    pki = try DevelopmentPKI.create(at: folder.path("pki"), now: begun)
    producer = try pki.issueClient(.agent, name: "producer", now: .now())
    `operator` = try pki.issueClient(.operator, name: "alex", now: .now())
    try folder.write(Self.policy, to: "policy.json")
    try folder.write("<!doctype html><title>Signalbox</title>\n", to: "index.html")
    try FileManager.default.createDirectory(atPath: web, withIntermediateDirectories: false)
    try FileManager.default.moveItem(atPath: folder.path("index.html"), toPath: "\(web)/index.html")
  }

  var web: String { folder.path("web") }
  var journal: String { folder.path("state/journal.sqlite") }
  var authority: String { pki.layout.serverAuthority.certificate }

  private static let policy = """
    {"principals": [
      {"name": "alex", "certificate": {"uri": "spiffe://signalbox.local/operator/alex"}, "roles": ["admin"]},
      {"name": "kim", "link": true, "roles": ["operator"]},
      {"name": "analyst", "link": true, "grants": [{"actions": ["watch"], "tasks": "all"}]},
      {"name": "producer", "certificate": {"uri": "spiffe://signalbox.local/agent/producer"},
       "grants": [{"actions": ["watch", "submit"], "tasks": "own"}]}
    ]}

    """

  /// The arguments of `signalbox serve` on free ports, or on those that a gateway had which has gone.
  func arguments(_ ports: Ports?, state: String, readyFile: String, _ settings: [String]) -> [String] {
    let layout = pki.layout
    var arguments = ["serve", "--loops", "2", "--web", web, "--ready-file", readyFile, "--log-level", "warning"]
    // It does not outlive a test run that is killed.
    arguments.append("--stop-at-stdin-end")
    for (listener, port) in [("public", ports?.people), ("agents", ports?.agents), ("admin", ports?.admin)] {
      arguments += ["--\(listener)-port", "\(port ?? 0)"]
      arguments += Self.sets([
        "listeners.\(listener).certificate=\(layout.server.certificate)",
        "listeners.\(listener).key=\(layout.server.key)",
        "listeners.\(listener).clientAuthority=\(layout.clientAuthority.certificate)",
        "listeners.\(listener).revocationList=\(layout.revocationList)",
        "listeners.\(listener).limits.connectionsPerAddress=2000",
      ])
    }
    let generous = ["requestsPerPrincipal", "requestsPerAddress", "submitsPerPrincipal"].map { "rates.\($0)=1000000" }
    let crowded = ["streamsPerPrincipal", "streamsPerAddress"].map { "rates.\($0)=" }
      .filter { name in !settings.contains { $0.hasPrefix(name) } }.map { "\($0)2000" }
    return arguments
      + Self.sets(
        [
          "state=\(state)", "policy=\(folder.path("policy.json"))", "listeners.public.clientCertificates=optional",
          // What a test waits for comes soon, and what it does not, late.
          "streams.retryMilliseconds=100", "drainSeconds=0",
        ] + generous + crowded + settings)
  }

  private static func sets(_ settings: [String]) -> [String] { settings.flatMap { ["--set", $0] } }

  /// Runs the gateway while `body` does, on the journal in `state` below the station's folder.
  func serve<Value>(
    at ports: Ports? = nil, state: String = "state", settings: [String] = [], inside wrapper: [String] = [],
    _ body: (ServedProcess) async throws -> Value
  ) async throws -> Value {
    let readyFile = folder.path("ready-\(UInt64.random(in: .min ... .max)).json")
    let arguments = arguments(ports, state: folder.path(state), readyFile: readyFile, settings)
    let words = wrapper + [RunningProgram.signalbox] + arguments
    return try await RunningProgram.with(program: words[0], Array(words.dropFirst()), folder: folder.path) { program in
      guard await program.output.line(containing: "admin ") != nil else {
        throw GatewayDidNotStart(errors: try await program.result().errors)
      }
      let ready = try JSONValue(parsing: Array(try #require(FileManager.default.contents(atPath: readyFile))))
      return try await body(ServedProcess(program: program, ports: try Ports(ready)))
    }
  }
}

/// A gateway at work.
struct ServedProcess: Sendable {
  let program: RunningProgram
  let ports: Ports

  /// As a crash of the machine's would be, but for what the disk still has to write. Returns when it is dead.
  func kill() async throws {
    program.signal(SIGKILL)
    let status = try await program.exit()
    #expect(status == -SIGKILL)
  }

  /// As operators do. Returns when it is over.
  func stop() async throws {
    program.signal(SIGTERM)
    let status = try await program.exit()
    #expect(status == 0)
  }
}

extension ServedProcess {
  /// What a page needs to sign somebody in, once.
  func signInLink(for principal: String, _ station: Station) async throws -> String {
    let made = try await RunningProgram.run([
      "sign-in-link", principal, "--json", "--admin", "https://localhost:\(ports.admin)", "--ca", station.authority,
      "--cert", station.operator.certificate, "--key", station.operator.key,
    ])
    return String(try #require(try JSONValue(parsing: made.output)["url"]?.string?.split(separator: "#").last))
  }

  /// What it has in memory.
  var residentBytes: Int {
    let text = FileManager.default.contents(atPath: "/proc/\(program.processID)/statm") ?? Data()
    let words = String(decoding: text, as: UTF8.self).split(separator: " ")
    return words.count > 1 ? (Int(words[1]) ?? 0) * Int(getpagesize()) : 0
  }
}

extension ProcessFacts {
  /// Connections to a port of this machine that neither end has closed, as the ends there see them.
  static func established(at port: Int) -> Int {
    tcpEntries().count { $0.localPort == port && $0.state == 1 }
  }
}

/// Where a gateway listens.
struct Ports: Sendable, Equatable {
  let people: Int
  let agents: Int
  let admin: Int

  /// Free ones, for a gateway that has to come back to them: below those that the kernel gives to outgoing connections, because of a
  /// few thousand tries to reach a gateway that is not there, one would take its port.
  static func free() throws -> Ports {
    Ports(people: try freePort(), agents: try freePort(), admin: try freePort())
  }

  private static func freePort() throws -> Int {
    while true {
      let port = Int.random(in: 15_000...29_999)
      guard let (descriptor, _) = try? TCP.listen(on: "127.0.0.1", port: port, sharing: false) else { continue }
      close(descriptor)
      return port
    }
  }

  private init(people: Int, agents: Int, admin: Int) {
    (self.people, self.agents, self.admin) = (people, agents, admin)
  }

  init(_ ready: JSONValue) throws {
    func port(_ listener: String) throws -> Int { Int(try #require(ready[listener]?["port"]?.int)) }
    (people, agents, admin) = (try port("public"), try port("agents"), try port("admin"))
  }
}

/// The gateway has said why.
struct GatewayDidNotStart: Error, CustomStringConvertible {
  let errors: String
  var description: String { "The gateway did not start: \(errors)" }
}
