import Foundation
import HTTP
import Identity
import Synchronization
import Telemetry
import TestSupport
import Wire

/// The site of a page that watches a task in a browser and reports what it hears.
final class PageHost: Sendable {
  /// What the page has told so far.
  struct Report: Sendable {
    var watched: Watched
    /// The status of signing in.
    var signedIn: Int?
    /// Connections that the browser's EventSource had.
    var opens = 0
    /// The EventSource has given up, which it does when there is nothing more.
    var isClosed = false
  }

  let port: Int
  private let report: Mutex<Report>

  var told: Report { report.withLock { $0 } }
  var origin: String { "https://localhost:\(port)" }

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/../Page"

  /// Serves the page, with the certificate that the gateway has, while `body` runs.
  static func with<Value>(
    _ station: Station, watching task: String, _ body: (PageHost) async throws -> Value
  ) async throws -> Value {
    // The port is needed for the object that the routes need, so they are told of it afterwards.
    let box = Kept<PageHost?>(nil)
    var router = Router()
    for (path, file, type) in [("/", "index.html", "text/html"), ("/watch.js", "watch.js", "text/javascript")] {
      let bytes = try FileContents.read("\(folder)/\(file)")
      router.on(.get, path) { _ in
        Response(fields: HTTPFields([("content-type", "\(type); charset=utf-8")]), body: .bytes(bytes))
      }
    }
    router.on(.post, "/report", options: Router.Options(bodyLimit: 64 << 20)) { request in
      let text = String(decoding: try await request.body.collect(), as: UTF8.self)
      for line in text.split(separator: "\n") { box.value?.take(line) }
      return Response(.noContent)
    }
    let files = station.pki.layout.server
    let identity = try TLSIdentity.load(chainFile: files.certificate, keyFile: files.key)
    let log = Log(sink: DiscardSink(), minimumLevel: .error, clock: { 0 })
    let server = Server(loops: 1, telemetry: ServerTelemetry(log: log, metrics: MetricsRegistry()))
    let addresses = try await server.start([
      ListenerConfiguration(
        name: "page", address: try SocketAddress(host: "127.0.0.1", port: 0),
        security: .tls(try TLSConfiguration(identity: identity)), router: router)
    ])
    let host = PageHost(port: addresses[0].port, task: task)
    box.set(host)
    do {
      let value = try await body(host)
      await server.stop(grace: .zero)
      return value
    } catch {
      await server.stop(grace: .zero)
      throw error
    }
  }

  private init(port: Int, task: String) {
    self.port = port
    report = Mutex(Report(watched: Watched([task])))
  }

  /// One line of a report.
  private func take(_ line: Substring) {
    let words = line.split(separator: "\t", maxSplits: 3, omittingEmptySubsequences: false)
    report.withLock { report in
      switch words[0] {
      case "signed-in": report.signedIn = Int(words[1])
      case "open":
        report.opens += 1
        report.watched.checker.connect()
      case "event" where words.count == 4:
        report.watched.take(
          ReceivedEvent(type: String(words[1]), lastEventID: String(words[2]), data: Array(words[3].utf8)))
      case "broken": report.watched.breaks += 1
      case "closed": report.isClosed = true
      default: report.watched.checker.take(ReceivedEvent(type: "a report that cannot be read", data: []))
      }
    }
  }
}
