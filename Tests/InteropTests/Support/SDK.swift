import Foundation
import Testing

/// The public SDK of A2A, in the Python environment that `scripts/python-env` makes.
enum SDK {
  static let repository =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized.path

  /// `SIGNALBOX_PYTHON` names another one.
  static let python =
    ProcessInfo.processInfo.environment["SIGNALBOX_PYTHON"] ?? "\(repository)/.build/python/bin/python"

  static let isInstalled = FileManager.default.isExecutableFile(atPath: python)
  static let isMissing: Comment = "The SDK is not installed; `make python` installs it."

  static func script(_ name: String) -> String { "\(repository)/Tests/Interop/\(name)" }

  /// No trace of the tests among the sources.
  static let environment = ["PYTHONDONTWRITEBYTECODE": "1"]
}
