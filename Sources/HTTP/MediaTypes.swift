/// The media type of a file, by the ending of its name.
package enum MediaTypes {
  /// Text comes with `charset=utf-8`; an unknown ending is `application/octet-stream`.
  package static func forPath(_ path: String) -> String {
    let name = path.utf8.split(separator: ASCII.slash).last ?? path.utf8[...]
    guard let dot = name.lastIndex(of: ASCII.dot), let ending = String(name[name.index(after: dot)...]) else {
      return unknown
    }
    return types[ending.lowercased()] ?? unknown
  }

  private static let unknown = "application/octet-stream"

  private static let types = [
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "gif": "image/gif",
    "htm": "text/html; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "ico": "image/x-icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "map": "application/json",
    "md": "text/markdown; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "wasm": "application/wasm",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "xml": "application/xml; charset=utf-8",
  ]
}
