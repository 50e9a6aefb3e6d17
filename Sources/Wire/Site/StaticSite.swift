import Glibc
import HTTP

/// A folder of files, read once at start. Only what was found then can be asked for, so no path leads out of it.
package struct StaticSite: Sendable {
  private let files: [String: StaticFile]
  private static let pageEnding = ".html"

  /// Reads the folder and those below it. Hidden files are left out. Throws when a file cannot be read, is a link or no plain file,
  /// or when there is no `index.html`. Blocks: not for a loop's thread.
  package static func load(_ folder: String) throws(WireError) -> StaticSite {
    var files: [String: StaticFile] = [:]
    try collect(folder, below: "", into: &files)
    guard files["index.html"] != nil else {
      throw WireError(.file, "\(folder) has no index.html; give the folder with the web pages.")
    }
    return StaticSite(files: files)
  }

  package var fileCount: Int { files.count }

  /// Routes every file under its path, a page such as `sign-in.html` under its name without the ending as well, and `index.html`
  /// under each of `pages` (patterns such as `/tasks/{id}`).
  package func install(pages: [String], into router: inout Router) {
    for (pattern, handler) in routes(pages: pages) { router.on(.get, pattern, handler) }
  }

  /// The same as a list, for whoever routes in another way.
  package func routes(pages: [String]) -> [(pattern: String, handler: Handler)] {
    files.flatMap { path, file in
      var patterns = ["/" + path.split(separator: "/").joined(separator: "/")]
      if path == "index.html" {
        patterns += pages
      } else if path.hasSuffix(Self.pageEnding) {
        patterns.append(String(patterns[0].dropLast(Self.pageEnding.count)))
      }
      let handler: Handler = { file.answer($0.head) }
      return patterns.map { (pattern: $0, handler: handler) }
    }
  }

  private static func collect(
    _ root: String, below path: String, into files: inout [String: StaticFile]
  ) throws(WireError) {
    let folder = path.isEmpty ? root : "\(root)/\(path)"
    for name in try names(in: folder) where !name.hasPrefix(".") {
      let inner = path.isEmpty ? name : "\(path)/\(name)"
      let full = "\(root)/\(inner)"
      var facts = stat()
      guard unsafe lstat(full, &facts) == 0 else { throw WireError(.file, "\(full) cannot be read", errno: errno) }
      switch facts.st_mode & S_IFMT {
      case S_IFDIR: try collect(root, below: inner, into: &files)
      case S_IFREG: files[inner] = StaticFile(path: inner, bytes: try FileContents.read(full))
      default: throw WireError(.file, "\(full) is a link or a special file; put a plain file in its place.")
      }
    }
  }

  private static func names(in folder: String) throws(WireError) -> [String] {
    guard let handle = unsafe opendir(folder) else {
      throw WireError(.file, "The folder \(folder) cannot be opened", errno: errno)
    }
    defer { unsafe _ = closedir(handle) }
    var names: [String] = []
    while let entry = unsafe readdir(handle) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
        unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}
