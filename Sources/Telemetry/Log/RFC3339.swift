/// Moments as RFC 3339 writes them, for people and programs that read our JSON.
package enum RFC3339 {
  /// `2026-11-21T07:40:00.000Z`.
  package static func text(secondsSince1970 seconds: Int64) -> String {
    text(millisecondsSince1970: seconds * 1000)
  }

  package static func text(millisecondsSince1970 milliseconds: Int64) -> String {
    var bytes: [UInt8] = []
    bytes.append(timestamp: CivilTime(microsecondsSince1970: milliseconds * 1000))
    return String(decoding: bytes, as: UTF8.self)
  }
}
