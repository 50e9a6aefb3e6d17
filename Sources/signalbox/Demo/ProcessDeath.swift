import Foundation

/// Why a process ended that nobody wanted to end.
enum ProcessDeath {
  /// What it said itself, if it did, and where to read on.
  static func explain(_ role: DemoRole, _ end: DemoProcess.End, log path: String) -> String {
    let prefix = "signalbox: "
    let log = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let said = log.split(separator: "\n").filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    let words = said.isEmpty ? "" : " It said: \(said.joined(separator: " "))"
    return "\(role.title) (process \(end.processID)) ended by itself with \(end.cause).\(words) Its log is \(path)."
  }
}
