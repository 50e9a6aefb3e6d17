import HTTP

/// A file of the site as it is served: in memory, compressed once, with its tag.
struct StaticFile: Sendable {
  let bytes: [UInt8]
  let compressed: [UInt8]?
  let contentType: String
  let fingerprint: String
  /// The name carries a fingerprint, so that under this name the content never changes.
  let isFingerprinted: Bool

  init(path: String, bytes: [UInt8]) {
    self.bytes = bytes
    contentType = MediaTypes.forPath(path)
    fingerprint = String(SHA256.hexadecimal(bytes).prefix(16))
    isFingerprinted = Self.carriesFingerprint(path)
    compressed = Self.isCompressible(contentType) ? Gzip.compress(bytes) : nil
  }

  func answer(_ request: RequestHead) -> Response {
    let fields = request.fields
    let coded = compressed.flatMap { compressed in
      ContentCoding.acceptsGzip(acceptEncoding: fields.values(of: "accept-encoding").joined(separator: ", "))
        ? compressed : nil
    }
    // A strong tag names the bytes that are sent, so the compressed form has its own.
    let tag = coded == nil ? "\"\(fingerprint)\"" : "\"\(fingerprint)-gz\""
    var answer = HTTPFields([("etag", tag), ("cache-control", cacheControl(for: request))])
    if compressed != nil { answer["vary"] = "accept-encoding" }
    let asked = fields.values(of: "if-none-match")
    if !asked.isEmpty, EntityTags.matches(ifNoneMatch: asked.joined(separator: ", "), etag: tag) {
      return Response(.notModified, fields: answer)
    }
    answer["content-type"] = contentType
    if coded != nil { answer["content-encoding"] = "gzip" }
    return Response(.ok, fields: answer, body: .bytes(coded ?? bytes))
  }

  /// For ever where the address changes with the content (a fingerprint in the name, or `?v=` with this file's own); else
  /// the browser asks each time and gets a 304.
  private func cacheControl(for request: RequestHead) -> String {
    let version = request.target.queryValue("v")
    let isVersioned = isFingerprinted || version.map { $0.utf8.count >= 8 && fingerprint.hasPrefix($0) } ?? false
    return isVersioned ? "public, max-age=31536000, immutable" : "no-cache"
  }

  private static func isCompressible(_ contentType: String) -> Bool {
    contentType.hasPrefix("text/") || ["javascript", "json", "xml", "svg"].contains { contentType.contains($0) }
  }

  /// `name.0123abcd.js`: a part of at least eight hexadecimal digits before the ending.
  private static func carriesFingerprint(_ path: String) -> Bool {
    let parts = path.split(separator: "/").last?.split(separator: ".") ?? []
    guard parts.count >= 3 else { return false }
    return parts.dropFirst().dropLast().contains { $0.count >= 8 && $0.allSatisfy(\.isHexDigit) }
  }
}
