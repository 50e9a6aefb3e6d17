import Foundation
import HTTP
import Identity
import JSON
import TestSupport
import Testing
import Wire

/// A gateway with the modules of the real pages and the test page beside them, and a browser that somebody has signed in with.
struct TabStage {
  /// How the tabs of the browser come to one connection.
  enum Way: CaseIterable {
    case worker
    case leader
    case alone

    /// What the browser does not have.
    var missing: String {
      switch self {
      case .worker: ""
      case .leader: "SharedWorker"
      case .alone: "SharedWorker,BroadcastChannel,locks"
      }
    }
  }

  let station: Station
  let clients: Clients
  let ports: Ports
  let browser: BrowserLine
  let way: Way

  static func with(_ way: Way, _ body: (TabStage) async throws -> Void) async throws {
    let station = try Station()
    try putPages(into: station.web)
    let ports = try Ports.free()
    try await Clients.with(station) { clients in
      let profile = station.folder.path("profile")
      let certificate = station.pki.layout.server.certificate
      try await Browser.with(
        showing: "about:blank", trusting: certificate, profile: profile, ["--remote-debugging-port=0"]
      ) { program in
        try await BrowserLine.with(program, clients) { browser in
          try await body(
            TabStage(station: station, clients: clients, ports: ports, browser: browser, way: way))
        }
      }
    }
  }

  /// What is in the repository now.
  private static func putPages(into web: String) throws {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let modules = tests.appending(path: "../../web/js").standardizedFileURL
    try FileManager.default.copyItem(atPath: modules.path, toPath: "\(web)/js")
    for file in ["tab.html", "tab.js"] {
      try FileManager.default.copyItem(atPath: tests.appending(path: "Page/\(file)").path, toPath: "\(web)/\(file)")
    }
  }

  func serve<Value>(
    settings: [String] = [], _ body: (ServedProcess) async throws -> Value
  ) async throws -> Value {
    try await station.serve(at: ports, settings: settings, body)
  }

  // MARK: Tabs

  /// One in which kim signs in before the page connects.
  func signedInTab(_ gateway: ServedProcess) async throws -> Tab {
    // The page of the product has no script, so nothing is asked before somebody is signed in.
    let door = try await Tab.open(browser, "https://localhost:\(ports.people)/")
    try await door.signIn(try await gateway.signInLink(for: "kim", station))
    try await door.close()
    return try await tab()
  }

  func tab() async throws -> Tab {
    let tab = try await Tab.open(browser, "https://localhost:\(ports.people)/tab.html?without=\(way.missing)")
    try await tab.untilConnected()
    return tab
  }

  func tabs(_ count: Int, _ gateway: ServedProcess) async throws -> [Tab] {
    // Who comes first, leads.
    var tabs = [try await signedInTab(gateway)]
    try await untilOpen(tabs[0])
    while tabs.count < count { tabs.append(try await tab()) }
    for tab in tabs { try await untilOpen(tab) }
    return tabs
  }

  private func untilOpen(_ tab: Tab) async throws {
    let isOpen = try await eventually { try await tab.socketKind == "open" }
    let state = try await tab.state
    try #require(isOpen, "\(state)")
  }

  // MARK: What must be so

  /// All were told all that is stored, once, in its order, from one picture on.
  func expectWhole(_ task: String, in tabs: [Tab], of gateway: ServedProcess, resets: Int = 0) async throws {
    let stored = try await gateway.places(of: task, by: clients)
    let count = stored.split(separator: " ").count
    for (number, tab) in tabs.enumerated() {
      try await tab.hear(count, of: task)
      let told = try await tab.told(task)
      #expect(
        told.records == stored, "tab \(number + 1): \(told.records.prefix(2000))\nis not\n\(stored.prefix(2000))")
      #expect(told.pictures == 1 && told.resets == resets, "tab \(number + 1): \(told.pictures), \(told.resets)")
    }
  }

  /// The gateway has one WebSocket, and kim watches by one stream, which the first tab has where one leads.
  func expectOneLine(_ task: String, of gateway: ServedProcess, opened: Int = 1) async throws {
    let sockets = try await gateway.sockets(by: clients)
    #expect(sockets.open == 1 && sockets.opened == opened, "\(sockets)")
    // Who follows one task more opens the stream anew.
    let isOne = try await eventually { try await gateway.streams(of: "kim", watching: task, by: clients) == 1 }
    let streams = try await gateway.streams(of: "kim", watching: task, by: clients)
    #expect(isOne, "\(streams)")
  }

  /// Who has opened the WebSocket.
  func expectSockets(_ counts: [Int], in tabs: [Tab]) async throws {
    var found: [Int] = []
    for tab in tabs { found.append(try await tab.sockets) }
    #expect(found == counts)
    let targets = try await browser.order("Target.getTargets")["targetInfos"].map { Array($0.elements) } ?? []
    #expect(targets.count { $0["type"]?.string == "shared_worker" } == (way == .worker ? 1 : 0), "\(targets)")
  }
}

extension TabStage {
  /// Puts the tab first that leads now.
  func order(_ tabs: inout [Tab]) async throws {
    for (index, tab) in tabs.enumerated() where try await tab.sockets > 0 {
      return tabs.insert(tabs.remove(at: index), at: 0)
    }
    Issue.record("No tab has opened the WebSocket.")
  }
}

extension ServedProcess {
  /// WebSockets that are open, and how many ever were.
  func sockets(by clients: Clients) async throws -> (open: Int, opened: Int) {
    let response = try await clients.watcher.send(ClientRequest(.get, try Clients.url(ports.admin, "/metrics")))
    let text = String(decoding: try await response.body.collect(limit: 1 << 20), as: UTF8.self)
    func sum(_ name: String) -> Int {
      text.split(separator: "\n").filter { $0.hasPrefix(name) }
        .compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }.reduce(0) { $0 + Int($1) }
    }
    let open = sum("signalbox_sockets_open")
    return (open, open + sum("signalbox_socket_closes_total"))
  }

  /// By how many streams somebody watches a task.
  func streams(of principal: String, watching task: String, by clients: Clients) async throws -> Int {
    let document = try await get("/api/tasks/\(task)/watchers", by: clients)
    let watchers = document["watchers"].map { Array($0.elements) } ?? []
    return watchers.filter { $0["principal"]?.string == principal }.reduce(0) { $0 + Int($1["streams"]?.int ?? 0) }
  }

  /// Of all records of a task, the number with the place in the journal.
  func places(of task: String, by clients: Clients) async throws -> String {
    var places: [String] = []
    var after = "earliest"
    while true {
      let page = try await get("/api/tasks/\(task)/events?limit=1000&after=\(after)", by: clients)
      places += try #require(page["events"]).elements.map { "\($0["seq"]?.int ?? 0)@\($0["offset"]?.int ?? 0)" }
      guard page["complete"]?.bool == false else { return places.joined(separator: " ") }
      after = try #require(page["next"]?.string)
    }
  }
}
