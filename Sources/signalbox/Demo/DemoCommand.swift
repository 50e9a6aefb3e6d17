import Foundation
import Identity

/// `signalbox demo`: everything on one machine, from nothing to running and back.
struct DemoCommand {
  let options: DemoOptions
  let environment: [String: String]
  private let folder: DemoFolder

  /// How long the gateway may take to listen, and to finish.
  private static let patience: Duration = .seconds(30)
  private static let stopPatience: Duration = .seconds(15)

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
    let pki = try DemoPKI.prepare(at: folder.pki, now: .now())
    for note in pki.notes { Terminal.print(note) }
    try LocalFile.write(DemoConfiguration.content(options, web: web), to: folder.configuration)
    try LocalFile.write(DemoPolicy.content, to: folder.policy)
    // What a demo that was killed has left.
    removeReadyFiles()
    defer { removeReadyFiles() }
    let gateway = try GatewayProcess(folder, environment: environment) { events.report(.gateway($0)) }
    try await supervise(gateway, events, pki)
  }

  private func removeReadyFiles() {
    LocalFile.remove(folder.ready)
    LocalFile.remove(folder.gatewayReady)
  }

  /// Follows the gateway until it has ended, whoever wanted that.
  private func supervise(_ gateway: GatewayProcess, _ events: DemoEvents, _ pki: DemoPKI) async throws {
    var state = State.starting
    var failure: CommandFailure?
    events.report(.tooLate(.starting), after: Self.patience)
    for await event in events.stream {
      switch (event, state) {
      case (.gateway(.listening), .starting):
        state = .running
        do {
          try await announce(pki)
        } catch {
          failure = error as? CommandFailure ?? .failure("\(error)")
          state = stop(gateway, events)
        }
      case (.signal, .starting), (.signal, .running):
        state = stop(gateway, events)
      case (.signal, .stopping):
        // Once more: the gateway cuts off what is under way.
        gateway.stop()
      case (.tooLate(.starting), .starting):
        failure = .failure("The gateway did not listen within \(Self.patience). Its log is \(folder.log).")
        state = stop(gateway, events)
      case (.tooLate(.stopping), .stopping):
        gateway.kill()
      case (.gateway(.exited), .stopping):
        if let failure { throw failure }
        return Terminal.print("Stopped.")
      case (.gateway(.exited(let ending)), _):
        throw CommandFailure.failure(GatewayDeath.explain(folder, processID: gateway.processID, ending: ending))
      case (.gateway(.listening), _), (.tooLate, _):
        break
      }
    }
  }

  private func stop(_ gateway: GatewayProcess, _ events: DemoEvents) -> State {
    // Whoever reads that file is not to go where nobody will be.
    LocalFile.remove(folder.ready)
    gateway.stop()
    events.report(.tooLate(.stopping), after: Self.stopPatience)
    return .stopping
  }

  private func announce(_ pki: DemoPKI) async throws {
    let ready = try DemoReady(gateway: try LocalFile.read(folder.gatewayReady), layout: pki.layout)
    let login = try await SignInLinkCall(access: ready.access).make(for: DemoPolicy.analyst)
    try LocalFile.write(ready.content(login: login), to: folder.ready)
    Terminal.print(ready.summary(folder, login: login, now: .now()))
    if options.opensBrowser { Browser.open(login.url, environment: environment) }
  }

  /// The terminal's end is one, too, unless whoever started the demo has said otherwise (nohup).
  private static var endingSignals: [Int32] {
    IgnoredSignals.inherited.contains(SIGHUP) ? [SIGINT, SIGTERM] : [SIGINT, SIGTERM, SIGHUP]
  }

  enum State: Sendable, Equatable {
    case starting
    case running
    case stopping
  }
}
