import Foundation
import Identity
import JSON
import Synchronization
import Telemetry
import TestSupport
import Testing

@testable import Gateway

/// An audit trail in a folder of its own, with a clock that a test turns.
struct TestTrail {
  let folder: TemporaryFolder
  let path: String
  let trail: AuditTrail
  let log = KeptLines()
  let metrics = MetricsRegistry()

  /// - Parameter target: where the file's name leads to instead of a file.
  init(
    in folder: TemporaryFolder? = nil, limit: Int = 8192, target: String? = nil, at seconds: Int64 = 1_000
  ) throws {
    self.folder = try folder ?? TemporaryFolder()
    path = self.folder.path("audit.jsonl")
    if let target { try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target) }
    let clock = GatewayClock(now: { UnixTime(seconds: seconds) }, sleepUntil: { _ in })
    trail = try AuditTrail(
      file: path, clock: clock, log: Log(sink: log, minimumLevel: .debug, clock: { 0 }), metrics: metrics,
      limit: limit)
  }

  func write(_ details: String...) {
    for detail in details { trail.write(Self.record(detail)) }
  }

  static func record(_ detail: String) -> AuditRecord {
    var record = AuditRecord(.command, .ok, who: "alex", from: "127.0.0.1")
    record.detail = detail
    return record
  }

  func lines(of path: String? = nil) throws -> [JSONValue] {
    let bytes = Array(try #require(FileManager.default.contents(atPath: path ?? self.path)))
    #expect(bytes.isEmpty || bytes.last == UInt8(ascii: "\n"))
    return try bytes.split(separator: UInt8(ascii: "\n")).map { try JSONValue(parsing: Array($0)) }
  }

  func details(of path: String? = nil) throws -> [String?] { try lines(of: path).map { $0["detail"]?.string } }

  /// Moves the file out of the way, as logrotate does.
  func rotate() throws -> String {
    try FileManager.default.moveItem(atPath: path, toPath: path + ".1")
    return path + ".1"
  }

  func metric(_ sample: String) -> String? {
    String(decoding: metrics.render(), as: UTF8.self).split(separator: "\n")
      .first { $0.hasPrefix(sample + " ") }.map { String($0.dropFirst(sample.count + 1)) }
  }

  var errors: [String] { log.all.filter { $0.contains("\"level\":\"error\"") } }
}
