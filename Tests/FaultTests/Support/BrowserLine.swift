import HTTP
import JSON
import TestSupport
import Testing
import Wire

/// Tells a browser what to do, in the protocol of its own developer tools.
actor BrowserLine {
  /// What the browser says to a wrong order, or a page throws.
  struct Fault: Error, CustomStringConvertible {
    let description: String
  }

  private let socket: WebSocket
  private var orders = 0
  private var waiting: [Int: CheckedContinuation<JSONValue, any Error>] = [:]
  private var end: Fault?

  /// Opens it to a browser that was started with `--remote-debugging-port=0`, while `body` runs.
  static func with<Value>(
    _ browser: RunningProgram, _ clients: Clients, _ body: (BrowserLine) async throws -> Value
  ) async throws -> Value {
    let words = "DevTools listening on "
    let said = try #require(await browser.errors.line(containing: words), "\(browser.errors.text)")
    let url = try ServiceURL(parsing: String(said.dropFirst(words.count)), allowingPlainOnLoopback: true)
    var options = WebSocketOptions()
    options.messageLimit = 16 << 20
    let line = BrowserLine(try await clients.watcher.openWebSocket(url, options))
    let reading = Task { await line.read() }
    let outcome: Result<Value, any Error>
    do {
      outcome = .success(try await body(line))
    } catch {
      outcome = .failure(error)
    }
    await line.socket.close()
    await reading.value
    return try outcome.get()
  }

  private init(_ socket: WebSocket) {
    self.socket = socket
  }

  private func read() async {
    while let message = try? await socket.receive() {
      guard case .text(let text) = message, let json = try? JSONValue(parsing: text),
        // Everything else is news, for which nobody has asked.
        let id = json["id"]?.int, let order = waiting.removeValue(forKey: Int(id))
      else { continue }
      if let error = json["error"] {
        order.resume(throwing: Fault(description: error.description))
      } else {
        order.resume(returning: json["result"] ?? json)
      }
    }
    let fault = Fault(description: "The browser does not listen any more.")
    end = fault
    for order in waiting.values { order.resume(throwing: fault) }
    waiting = [:]
  }

  /// Gives an order, and waits for what it comes to.
  /// - Parameter session: of the page that it is for; nil: the browser.
  @discardableResult
  func order(
    _ method: String, to session: String? = nil, _ members: (inout JSONWriter) -> Void = { _ in }
  ) async throws -> JSONValue {
    if let end { throw end }
    let (id, text) = next(method, session, members)
    let tooLate = Task {
      guard (try? await Task.sleep(for: .seconds(60))) != nil else { return }
      self.give(up: id, method)
    }
    defer { tooLate.cancel() }
    return try await withCheckedThrowingContinuation { continuation in
      waiting[id] = continuation
      Task { await self.send(text, id) }
    }
  }

  /// For an order of which nobody is left to say that it is done.
  func tell(_ method: String, to session: String) async throws {
    try await socket.send(.text(next(method, session) { _ in }.text))
  }

  private func next(
    _ method: String, _ session: String?, _ members: (inout JSONWriter) -> Void
  ) -> (id: Int, text: String) {
    orders += 1
    var writer = JSONWriter()
    writer.object { object in
      object.member("id", orders)
      object.member("method", method)
      object.member("sessionId", ifPresent: session)
      object.object("params", members)
    }
    return (orders, String(decoding: writer.bytes, as: UTF8.self))
  }

  private func send(_ text: String, _ id: Int) async {
    do {
      try await socket.send(.text(text))
    } catch {
      waiting.removeValue(forKey: id)?.resume(throwing: error)
    }
  }

  private func give(up id: Int, _ method: String) {
    waiting.removeValue(forKey: id)?.resume(throwing: Fault(description: "The browser has not done \(method) in 60 s."))
  }
}
