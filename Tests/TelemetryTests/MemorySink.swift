import Foundation
import Synchronization
import Telemetry

/// A sink that keeps what was written.
final class MemorySink: LogSink {
  private let kept = Mutex<[[UInt8]]>([])

  func write(_ line: [UInt8]) {
    kept.withLock { $0.append(line) }
  }

  var lines: [[UInt8]] { kept.withLock { $0 } }

  /// All that was written, as text.
  var text: String { String(decoding: lines.joined(), as: UTF8.self) }

  /// The lines as objects, read by somebody else's JSON parser.
  func objects() throws -> [[String: Any]] {
    try lines.map { try jsonObject($0) }
  }

  /// A log into this sink, at 2026-11-21T07:40:00.123Z for ever.
  func makeLog(minimumLevel: LogLevel = .info) -> Log {
    Log(sink: self, minimumLevel: minimumLevel, clock: { 1_795_246_800_123_456 })
  }
}

struct NotAnObject: Error {}

func jsonObject(_ bytes: [UInt8]) throws -> [String: Any] {
  guard let object = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] else { throw NotAnObject() }
  return object
}
