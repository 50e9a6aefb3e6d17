import Foundation
import Testing

/// The `openssl` command, as the second opinion on what the library was asked to make.
enum OpenSSLTool {
  struct Answer {
    let isSuccess: Bool
    /// Standard output and standard error, as they came.
    let text: String
  }

  static func run(_ arguments: String...) throws -> Answer {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["openssl"] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    return Answer(isSuccess: process.terminationStatus == 0, text: text)
  }
}

/// Every file below a folder with its content and mode, to show that nothing has changed.
func snapshot(_ folder: String) throws -> [String: String] {
  let manager = FileManager.default
  var files: [String: String] = [:]
  for name in try manager.subpathsOfDirectory(atPath: folder) {
    let path = "\(folder)/\(name)"
    let content = manager.contents(atPath: path).map { $0.base64EncodedString() } ?? "a folder"
    files[name] = "\(try mode(of: path)) \(content)"
  }
  return files
}

/// The permission bits, in octal.
func mode(of path: String) throws -> String {
  let attributes = try FileManager.default.attributesOfItem(atPath: path)
  let mode = try #require(attributes[.posixPermissions] as? NSNumber)
  return String(mode.intValue, radix: 8)
}

func read(_ path: String) throws -> String {
  try String(contentsOfFile: path, encoding: .utf8)
}
