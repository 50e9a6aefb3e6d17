import Foundation
import Identity

/// `signalbox demo`: everything on one machine, from nothing to running and back.
struct DemoCommand {
  let options: DemoOptions
  let environment: [String: String]
  private let folder: DemoFolder

  init(options: DemoOptions, environment: [String: String]) {
    self.options = options
    self.environment = environment
    folder = DemoFolder(options.folder)
  }

  func run() async throws {
    // Everything made here is for this user alone.
    umask(0o077)
    let events = DemoEvents()
    let signals = SignalWatch(Self.endingSignals) { _ in events.report(.signal) }
    defer { signals.end() }
    guard
      let web = WebFolder.find(from: FileManager.default.currentDirectoryPath, executable: Program.path)
    else { throw CommandFailure.failure("No web folder was found here or beside \(Program.path).") }
    try LocalFile.makeFolder(folder.path)
    let lock = try FolderLock(folder)
    defer { lock.release() }
    let now = UnixTime.now()
    let pki = try DemoPKI.prepare(at: folder.pki, agents: options.agents, now: now)
    for note in pki.notes { Terminal.print(note) }
    if options.agents.contains(where: \.needsReferenceData) {
      try ReferenceMaking(folder: folder.reference, trades: options.trades).makeIfMissing()
    }
    let token = try DemoToken.make(now: now)
    try LocalFile.write(Array(token.keySet.utf8), to: folder.tokenKeys)
    try LocalFile.write(DemoPolicy.content, to: folder.policy)
    // What a demo that was killed has left.
    removeReadyFiles()
    defer { removeReadyFiles() }
    let run = DemoRun(options: options, environment: environment, folder: folder, web: web, pki: pki, token: token)
    try await run.untilEnd(events)
  }

  private func removeReadyFiles() {
    for path in [folder.ready, folder.token] { LocalFile.remove(path) }
    for role in [.gateway] + AgentName.allCases.map(DemoRole.agent) { LocalFile.remove(folder.ready(of: role)) }
  }

  /// The terminal's end is one, too, unless whoever started the demo has said otherwise (nohup).
  private static var endingSignals: [Int32] {
    IgnoredSignals.inherited.contains(SIGHUP) ? [SIGINT, SIGTERM] : [SIGINT, SIGTERM, SIGHUP]
  }
}
