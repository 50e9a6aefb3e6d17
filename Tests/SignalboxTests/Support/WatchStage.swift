import A2A
import JSON

@testable import signalbox

/// `watch` with keys and news of a test, at times of its own.
struct WatchStage {
  var app: WatchApp
  var effects: [WatchApp.Effect] = []
  let start = ContinuousClock.now
  /// What the clock on the wall says: five minutes behind the opening of the tasks of `SocketText`.
  static let now = Timestamp(millisecondsSince1970: 1_795_247_367_000 + 300_000)

  init(agent: String? = nil, mine: Bool = false) {
    let numbers = Numbers()
    app = WatchApp(gateway: "box:8443", agent: agent, onlyMine: mine) { numbers.next() }
  }

  /// As if the gateway had greeted and told how things stand.
  init(_ tasks: String..., agent: String? = nil, mine: Bool = false) throws {
    self.init(agent: agent, mine: mine)
    var session = ControlSession(patience: .seconds(1))
    for text in [SocketText.welcome, #"{"type":"snapshot","cursor":"e.0","tasks":[\#(tasks.joined(separator: ","))]}"#]
    {
      for case .show(let output) in try session.receive(text, at: start) { effects += app.take(output, at: start) }
    }
  }

  mutating func hear(_ texts: String..., after: Duration = .zero) throws {
    var session = ControlSession(patience: .seconds(1))
    for text in texts {
      for case .show(let output) in try session.receive(text, at: start) {
        effects += app.take(output, at: start + after)
      }
    }
  }

  mutating func answer(_ request: ControlRequest, _ text: String, after: Duration = .zero) throws {
    let json = try JSONValue(parsing: text)
    let output: ControlSession.Output =
      json["type"]?.string == "ack" ? .ack(request, json) : .nack(request, ControlRefusal(json))
    effects += app.take(output, at: start + after)
  }

  mutating func press(_ keys: String, after: Duration = .zero) {
    var reader = KeyReader()
    for key in reader.read(Array(keys.utf8)) { effects += app.press(key, at: start + after) }
  }

  mutating func takeRequests() -> [ControlRequest] {
    defer { effects = [] }
    return effects.compactMap { effect in if case .ask(let request) = effect { request } else { nil } }
  }

  func screen(_ columns: Int = 80, _ lines: Int = 24) -> [String] {
    WatchScreen(columns: columns, lines: lines).rows(app, now: Self.now).map(\.text)
  }

  /// Ids in the order in which they are asked for.
  private final class Numbers: Sendable {
    private let count = Counter()

    func next() -> String { "c\(count.next())" }
  }
}
