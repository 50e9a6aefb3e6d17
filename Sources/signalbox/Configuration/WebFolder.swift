import Foundation
import Gateway

/// Finds Signalbox's own web pages when the configuration names none.
enum WebFolder {
  /// From the current folder upwards, from the program's folder upwards, then where a package would have put them.
  static func find(from currentFolder: String, executable: String) -> String? {
    let home = parent(of: executable)
    let candidates =
      (ancestors(of: currentFolder) + ancestors(of: home)).map { $0 == "/" ? "/web" : "\($0)/web" }
      + ["\(parent(of: home))/share/signalbox/web"]
    return candidates.first(where: isOurs)
  }

  /// The sample alerts that come with those pages; nil where they do not.
  static func samples(beside web: String) -> String? {
    let folder = "\(parent(of: web))/examples/alerts"
    return FileManager.default.isReadableFile(atPath: "\(folder)/\(SampleShelf.indexName)") ? folder : nil
  }

  /// A folder `web` may be anybody's, and what nobody asked for is not to be published: the first page must name
  /// Signalbox.
  private static func isOurs(_ folder: String) -> Bool {
    guard let page = FileManager.default.contents(atPath: "\(folder)/index.html") else { return false }
    return String(decoding: page, as: UTF8.self).contains("Signalbox")
  }

  private static func ancestors(of folder: String) -> [String] {
    var folders = [folder]
    while let last = folders.last, last != "/", !last.isEmpty { folders.append(parent(of: last)) }
    return folders
  }

  private static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
    return String(path[..<slash])
  }
}
