import Foundation
import Synchronization
import TestSupport
import Testing

@testable import signalbox

/// A small world of invented reference data, made once by the program itself.
enum ReferenceWorld {
  private static let made = Task { () throws -> String in
    let folder =
      FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path
      + "/signalbox-world-\(UInt64.random(in: .min ... .max))"
    place.set(folder)
    atexit { ReferenceWorld.remove() }
    let result = try await RunningProgram.run(["reference", "generate", "--dir", folder, "--trades", "4000"])
    try #require(result.status == 0, "\(result.errors)")
    return folder
  }
  private static let place = Kept("")

  static func folder() async throws -> String { try await made.value }

  /// One like it, with another text in the place of one that stands in its news.
  static func copy(into scratch: Scratch, news text: String, by other: String) async throws -> String {
    let folder = "\(scratch.path)/world"
    try FileManager.default.copyItem(atPath: try await made.value, toPath: folder)
    let file = "\(folder)/news.csv"
    let news = String(decoding: try #require(FileManager.default.contents(atPath: file)), as: UTF8.self)
    try #require(news.contains(text))
    try scratch.write("world/news.csv", news.replacingOccurrences(of: text, with: other))
    return folder
  }

  private static func remove() { try? FileManager.default.removeItem(atPath: place.value) }
}
