import JSON
import TestSupport
import Testing

/// One tab of a browser, with the test page in it.
struct Tab {
  let line: BrowserLine
  /// The browser's name for the tab, and for our way to it.
  private let target: String
  private let session: String

  /// What it was told of a task.
  struct Told: Equatable {
    /// The numbers of the records, each with its place in the journal, as they came.
    let records: String
    let pictures: Int
    let resets: Int
  }

  static func open(_ line: BrowserLine, _ url: String) async throws -> Tab {
    let made = try await line.order("Target.createTarget") { $0.member("url", url) }
    let target = try #require(made["targetId"]?.string)
    let attached = try await line.order("Target.attachToTarget") { order in
      order.member("targetId", target)
      order.member("flatten", true)
    }
    let tab = Tab(line: line, target: target, session: try #require(attached["sessionId"]?.string))
    // Before its page there is an empty one, and for a moment none.
    let isThere = await eventually {
      (try? await tab.run("location.href === '\(url)' && document.readyState === 'complete'")?.bool) == true
    }
    try #require(isThere)
    return tab
  }

  /// The page has begun to use its connection.
  func untilConnected() async throws {
    let isThere = try await eventually { try await run("globalThis.tab !== undefined")?.bool == true }
    try #require(isThere)
  }

  /// What an expression comes to in the page, promises awaited.
  @discardableResult
  func run(_ expression: String) async throws -> JSONValue? {
    let answer = try await line.order("Runtime.evaluate", to: session) { order in
      order.member("expression", expression)
      order.member("awaitPromise", true)
      order.member("returnByValue", true)
    }
    if let thrown = answer["exceptionDetails"] {
      throw BrowserLine.Fault(description: "\(expression): \(thrown)")
    }
    return answer["result"]?["value"]
  }

  func signIn(_ link: String) async throws {
    let status = try await run(
      """
      fetch("/api/session", {
        method: "POST", headers: {"content-type": "application/json"}, body: JSON.stringify({link: "\(link)"}),
      }).then(({status}) => status)
      """)
    try #require(status?.int == 200)
  }

  func follow(_ tasks: String...) async throws {
    for task in tasks { try await run("tab.follow('\(task)')") }
  }

  /// Waits until it was told so many records of a task.
  func hear(_ count: Int, of task: String, within limit: Duration = .seconds(60)) async throws {
    let isSo = try await eventually(within: limit) { try await heard(task) >= count }
    let (told, state) = (try await told(task), try await state)
    try #require(isSo, "\(count) of \(task): \(told), \(state)")
  }

  private func heard(_ task: String) async throws -> Int {
    let count = try await run("tab.count('\(task)')")?.int
    return Int(try #require(count))
  }

  func told(_ task: String) async throws -> Told {
    let answer = try await run("tab.told('\(task)')")
    let told = try #require(answer)
    return Told(
      records: try #require(told["records"]?.string), pictures: Int(try #require(told["pictures"]?.int)),
      resets: Int(try #require(told["resets"]?.int)))
  }

  /// `sockets`, `verdicts`, `sessions`, `link`, `isSeen`.
  var state: JSONValue {
    get async throws {
      let state = try await run("tab.state")
      return try #require(state)
    }
  }

  /// Why it was told that nobody is signed in, or what else of who is.
  var sessions: [String] {
    get async throws { try await state["sessions"]?.elements.compactMap(\.string) ?? [] }
  }

  var isSeen: Bool {
    get async throws { try await state["isSeen"]?.bool == true }
  }

  /// How it stands with the WebSocket, as the page is told.
  var socketKind: String? {
    get async throws { try await state["link"]?["socket"]?["kind"]?.string }
  }

  /// WebSockets that the page has opened itself.
  var sockets: Int {
    get async throws {
      let count = try await state["sockets"]?.int
      return Int(try #require(count))
    }
  }

  /// The receipt, or the refusal.
  func command(_ message: String) async throws -> JSONValue {
    let answer = try await run("tab.command(\(message))")
    return try #require(answer)
  }

  /// All that it was told.
  var verdicts: [JSONValue] {
    get async throws { try await state["verdicts"].map { Array($0.elements) } ?? [] }
  }

  /// The words of the verdicts that it was told, once one of this command is among them.
  func verdicts(of id: String) async throws -> [String] {
    _ = try await eventually { try await words(of: id).isEmpty == false }
    return try await words(of: id)
  }

  private func words(of id: String) async throws -> [String] {
    try await verdicts.filter { $0["id"]?.string == id }.compactMap { $0["verdict"]?.string }
  }

  // MARK: Its end

  /// As its owner closes it.
  func close() async throws {
    try await line.order("Target.closeTarget") { $0.member("targetId", target) }
  }

  /// As it dies when something goes wrong: without a word.
  func crash() async throws {
    try await line.tell("Page.crash", to: session)
  }

  /// Puts it before the others.
  func show() async throws {
    try await line.order("Target.activateTarget") { $0.member("targetId", target) }
  }
}
