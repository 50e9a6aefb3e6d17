import Identity

/// Does what `DemoLife` says.
struct DemoRun {
  let options: DemoOptions
  let environment: [String: String]
  let folder: DemoFolder
  let web: String
  let pki: DemoPKI
  let token: DemoToken

  /// How long everything may take to listen, and to finish. A debug build reads its reference data for many seconds on a busy machine.
  private static let patience: Duration = .seconds(60)
  private static let stopPatience: Duration = .seconds(15)

  func untilEnd(_ events: DemoEvents) async throws {
    var life = DemoLife(agents: options.agents)
    var processes: [DemoRole: DemoProcess] = [:]
    // Why a start went wrong that `DemoLife` knows no details of.
    var failure: (any Error)?
    var actions = life.begin()
    var received = events.stream.makeAsyncIterator()
    while true {
      for action in actions {
        switch action {
        case .startAgent(let name):
          let arguments = DemoAgent.arguments(name, folder, pki, callees: try agents(name.callees), pace: options.pace)
          processes[.agent(name)] = try start(.agent(name), arguments, events)
        case .startGateway: processes[.gateway] = try startGateway(events)
        case .announce:
          do {
            try await announce()
          } catch {
            failure = error
            events.report(.unannounced)
          }
        case .withdraw: for path in [folder.ready, folder.token] { LocalFile.remove(path) }
        case .stop(let role): processes[role]?.stop()
        case .kill(let role): processes[role]?.kill()
        case .limit(let state):
          events.report(.tooLate(state), after: state == .starting ? Self.patience : Self.stopPatience)
        case .tellDeath(let role, let end):
          Terminal.complain(["\(explanation(role, end)) The gateway goes on without it."])
        case .end(nil): return Terminal.print("Stopped.")
        case .end(.died(let role, let end)?): throw CommandFailure.failure(explanation(role, end))
        case .end(.late(let role)?):
          throw CommandFailure.failure(
            "\(role.title) did not listen within \(Self.patience). Its log is \(folder.log(of: role)).")
        case .end(.unannounced?):
          throw failure as? CommandFailure
            ?? .failure("\(failure.map { "\($0)" } ?? "The demo could not be announced.")")
        }
      }
      guard let event = await received.next() else { return }
      actions = life.take(event)
    }
  }

  private func start(_ role: DemoRole, _ arguments: [String], _ events: DemoEvents) throws -> DemoProcess {
    try DemoProcess(role, arguments, log: folder.log(of: role), environment: environment) {
      events.report(.process(role, $0))
    }
  }

  private func startGateway(_ events: DemoEvents) throws -> DemoProcess {
    try LocalFile.write(
      DemoConfiguration.content(
        options, agents: try agents(), pki: pki.layout, web: web, samples: WebFolder.samples(beside: web)),
      to: folder.configuration)
    return try start(
      .gateway,
      [
        "serve", "--config", folder.configuration, "--\(ServeCommand.readyFile)", folder.ready(of: .gateway),
        "--\(ServeCommand.stopAtInputEnd)",
      ], events)
  }

  private func agents() throws -> [DemoAgent] { try agents(options.agents) }

  private func agents(_ names: [AgentName]) throws -> [DemoAgent] {
    try names.map { try DemoAgent($0, ready: try LocalFile.read(folder.ready(of: .agent($0)))) }
  }

  private func announce() async throws {
    let ready = try DemoReady(
      gateway: try LocalFile.read(folder.ready(of: .gateway)), agents: try agents(), layout: pki.layout, token: token)
    let login = try await SignInLinkCall(access: ready.access).make(for: DemoPolicy.analyst)
    try LocalFile.write(Array((token.text + "\n").utf8), to: folder.token)
    try LocalFile.write(ready.content(login: login), to: folder.ready)
    Terminal.print(ready.summary(folder, login: login, now: .now()))
    if options.opensBrowser { Browser.open(login.url, environment: environment) }
  }

  private func explanation(_ role: DemoRole, _ end: DemoProcess.End) -> String {
    ProcessDeath.explain(role, end, log: folder.log(of: role))
  }
}
