import Foundation
import HTTP
import Identity
import TestSupport

/// Asks for a stream, reads how it begins, and then nothing until it may.
final class SlowReader: Sendable {
  let hasBegun = Signal()
  let mayReadOn = Signal()
  private let station: Station
  private let port: Int
  private let path: String

  init(_ station: Station, port: Int, path: String) {
    (self.station, self.port, self.path) = (station, port, path)
  }

  /// All events that came before the connection was over.
  func read() async throws -> [ReceivedEvent] {
    try await onThread { try self.readNow() }
  }

  private func readNow() throws -> [ReceivedEvent] {
    var options = TLSClient.Options()
    options.receiveBuffer = 4096
    options.credential = (
      certificate: try String(contentsOfFile: station.operator.certificate, encoding: .utf8),
      key: try String(contentsOfFile: station.operator.key, encoding: .utf8)
    )
    let reader = EventReader(try TLSClient(port: port, options))
    try reader.ask(path)
    reader.read { $0.events.contains { $0.type == "resume" } }
    hasBegun.send()
    _ = mayReadOn.block(seconds: 120)
    reader.read { _ in false }
    return reader.events
  }
}

extension EventReader {
  fileprivate var events: [ReceivedEvent] {
    items.compactMap { if case .event(let event) = $0 { event } else { nil } }
  }
}
