import Foundation

/// The person's browser, if this process can reach one.
enum Browser {
  /// Tries, and says nothing: the address is on the screen anyway.
  static func open(_ url: String, environment: [String: String]) {
    guard let program = program(environment) else { return }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = [url]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try? process.run()
  }

  /// Where xdg-open lies; nil without a display or without it.
  static func program(_ environment: [String: String]) -> String? {
    let displays = ["DISPLAY", "WAYLAND_DISPLAY"].compactMap { environment[$0] }
    guard displays.contains(where: { !$0.isEmpty }) else { return nil }
    return (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/xdg-open" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}
