import Identity
import JSON

/// What the events of a stream say that are about the stream itself.
enum StreamNews {
  struct Resumption: Sendable, Equatable {
    /// `continued`, `snapshot` or `reset`.
    let status: String
    /// Nil where the gateway does not count.
    let missed: Int64?
  }

  static func resumption(_ data: [UInt8]) -> Resumption {
    let json = try? JSONValue(parsing: data)
    return Resumption(status: json?["status"]?.string ?? "", missed: json?["missed"]?.int)
  }

  static func reason(_ data: [UInt8]) -> String {
    (try? JSONValue(parsing: data))?["reason"]?.string ?? "unknown"
  }

  static func tasks(_ data: [UInt8]) -> [TaskSummary] {
    (try? JSONValue(parsing: data))?["tasks"]?.elements.compactMap(TaskSummary.init) ?? []
  }

  static func expiry(_ data: [UInt8]) -> String? {
    guard let at = (try? JSONValue(parsing: data))?["at"]?.string, UnixTime(at) != nil else { return nil }
    return "The certificate or token is good until \(at); then the gateway ends the stream."
  }
}
