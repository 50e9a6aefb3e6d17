import Foundation

/// This program as a file.
enum Program {
  /// Where it lies, with links resolved; empty when the system does not tell.
  static let path: String = {
    let link = "/proc/self/exe"
    return (try? FileManager.default.destinationOfSymbolicLink(atPath: link)) ?? Bundle.main.executablePath ?? ""
  }()
}
