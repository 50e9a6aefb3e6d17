import Dispatch
import Foundation
import HTTP
import Telemetry
import Wire

/// The server under measurement: `Wire` with a hub that does nothing but pass events on, so that what is measured is the transport.
///
///     BenchServer --port 0 --cert FILE --key FILE --ready FILE [--loops 1]
@main
enum BenchServer {
  static func main() async throws {
    ProcessSetup.prepare()
    let arguments = CommandLine.arguments
    func value(_ name: String) -> String? {
      arguments.firstIndex(of: name).flatMap { $0 + 1 < arguments.count ? arguments[$0 + 1] : nil }
    }
    guard let chain = value("--cert"), let key = value("--key"), let ready = value("--ready") else {
      print("usage: BenchServer --port 0 --cert FILE --key FILE --ready FILE [--loops 1]")
      exit(2)
    }
    let topics = Topics()
    var router = Router()
    topics.install(into: &router)
    let identity = try TLSIdentity.load(chainFile: chain, keyFile: key)
    var listener = ListenerConfiguration(
      name: "bench", address: try SocketAddress(host: "127.0.0.1", port: value("--port").flatMap { Int($0) } ?? 0),
      security: .tls(try TLSConfiguration(identity: identity, clients: .none)), router: router)
    // As many as the largest workload opens, all from one address.
    listener.limits.total = 100_000
    listener.limits.perAddress = 100_000
    let telemetry = ServerTelemetry(
      log: Log(
        sink: try DescriptorSink(descriptor: 2), minimumLevel: .error, clock: { UnixClock.now() * 1_000_000 }),
      metrics: MetricsRegistry())
    let server = Server(loops: value("--loops").flatMap { Int($0) } ?? 1, telemetry: telemetry)
    let addresses = try await server.start([listener])
    try "\(addresses[0].port)\n".write(toFile: ready, atomically: true, encoding: .utf8)
    await terminated()
    await server.stop(grace: .zero)
  }

  private static func terminated() async {
    signal(SIGTERM, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: SIGTERM)
    await withCheckedContinuation { continuation in
      source.setEventHandler {
        source.cancel()
        continuation.resume()
      }
      source.resume()
    }
  }
}
