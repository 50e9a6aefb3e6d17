import Foundation
import Surveillance

/// The folder with the reference data: one file for each table, the policy and the precedents.
struct ReferenceFolder: Sendable {
  private static let chunk = 1 << 20
  private static let maximumDocument = 4 << 20

  let path: String

  var policyPath: String { "\(path)/policy.json" }
  var precedentsPath: String { "\(path)/precedents.json" }

  /// Throws `CommandFailure` with the file, the line and the column.
  func reference() throws(CommandFailure) -> ReferenceData {
    var loader = ReferenceLoader()
    do {
      for file in ReferenceFile.allCases where FileManager.default.fileExists(atPath: place(of: file)) {
        try loader.begin(file)
        try read(place(of: file)) { try loader.take($0) }
        try loader.end()
      }
      return try loader.finish()
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw .failure("The reference data in \(path) cannot be used. \(error)")
    }
  }

  func policy() throws(CommandFailure) -> Policy {
    let bytes = try LocalFile.read(policyPath)
    do throws(PolicyFileError) {
      return try PolicyFile.read(bytes, keys: PolicyKey.all)
    } catch {
      throw .failure("\(policyPath) cannot be used. \(error)")
    }
  }

  func precedents() throws(CommandFailure) -> PrecedentBook {
    let bytes = try LocalFile.read(precedentsPath)
    do throws(PrecedentFileError) {
      return try PrecedentBook(parsing: bytes)
    } catch {
      throw .failure("\(precedentsPath) cannot be used. \(error)")
    }
  }

  var holdsAnything: Bool {
    ReferenceFile.allCases.contains { FileManager.default.fileExists(atPath: place(of: $0)) }
      || FileManager.default.fileExists(atPath: policyPath) || FileManager.default.fileExists(atPath: precedentsPath)
  }

  func place(of file: ReferenceFile) -> String { "\(path)/\(file.name)" }

  private func read(_ path: String, _ take: ([UInt8]) throws -> Void) throws {
    if let why = LocalFile.whyUnreadable(path) { throw CommandFailure.failure(why) }
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw CommandFailure.failure("\(path) could not be opened.")
    }
    defer { try? handle.close() }
    while let data = try handle.read(upToCount: Self.chunk), !data.isEmpty { try take(Array(data)) }
  }
}
