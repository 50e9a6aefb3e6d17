import Foundation

/// Why a gateway ended that nobody wanted to end.
enum GatewayDeath {
  /// What it said itself, if it did, and where to read on.
  static func explain(_ folder: DemoFolder, processID: Int32, ending: String) -> String {
    let prefix = "signalbox: "
    let log = FileManager.default.contents(atPath: folder.log).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let said = log.split(separator: "\n").filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    let words = said.isEmpty ? "" : " It said: \(said.joined(separator: " "))"
    return "The gateway (process \(processID)) ended by itself with \(ending).\(words) Its log is \(folder.log)."
  }
}
