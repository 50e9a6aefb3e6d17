import HTTP
import Wire

/// The gateway's WebSocket as a command's loop has it: a session, and the connection that carries it just now.
struct ControlLink {
  /// Commands are asked and waited for; who only watches may wait longer for a gateway to come back.
  static let patience: Duration = .seconds(60)
  static let watchingPatience: Duration = .seconds(600)

  let desk: ControlDesk
  private(set) var session: ControlSession
  private var socket: WebSocket?
  private var tasks: [Task<Void, Never>] = []

  init(_ desk: ControlDesk, patience: Duration = ControlLink.patience) {
    self.desk = desk
    session = ControlSession(patience: patience)
  }

  /// Whether the gateway has greeted at least once.
  var hasConnected: Bool { session.hasConnected }

  mutating func start() {
    tasks.append(desk.connect())
  }

  mutating func ask(_ request: ControlRequest) async {
    let actions = session.ask(request)
    for case .send(let text) in actions { await send(text) }
  }

  /// What an input means that is about the connection; nothing for any other.
  mutating func take(_ input: DeskInput) async throws -> [ControlSession.Output] {
    switch input {
    case .opened(let socket):
      self.socket = socket
      return []
    case .message(let text):
      return try await perform(session.receive(text, at: .now))
    case .lost(let loss):
      socket = nil
      var random = SystemRandomNumberGenerator()
      return try await perform(session.lose(loss, at: .now, using: &random))
    case .retry:
      tasks = [desk.connect()]
      return []
    case .again(let request):
      await ask(request)
      return []
    default:
      return []
    }
  }

  private mutating func perform(_ actions: [ControlSession.Action]) async throws -> [ControlSession.Output] {
    var outputs: [ControlSession.Output] = []
    for action in actions {
      switch action {
      case .send(let text): await send(text)
      case .show(.expiring(let sentence)):
        if await !refresh() { outputs.append(.notice(sentence)) }
      case .show(let output): outputs.append(output)
      case .connect(let wait): tasks.append(desk.later(.retry, after: wait))
      case .askAgain(let request, let wait): tasks.append(desk.later(.again(request), after: wait))
      case .fail(let failure): throw failure
      }
    }
    return outputs
  }

  /// A newer token may lie in the file meanwhile.
  private mutating func refresh() async -> Bool {
    guard let token = desk.client.bearerToken() else { return false }
    await ask(ControlRequest(id: CommandID.make(), act: .refresh(token: token)))
    return true
  }

  private func send(_ text: String) async {
    // A connection that takes nothing any more is lost, and says so itself.
    try? await socket?.send(.text(text))
  }

  /// Says goodbye, and leaves nothing running.
  mutating func end() async {
    for task in tasks { task.cancel() }
    if let socket { await socket.close() }
    for task in tasks { await task.value }
    tasks = []
  }
}
