/// Entity tags in conditional requests (RFC 9110 sections 8.8.3 and 13.1.2).
package enum EntityTags {
  /// Whether `If-None-Match` names `etag` (or `*`), by the weak comparison: then a GET is answered with 304.
  ///
  /// Of a list with a mistake only what comes before the mistake counts.
  package static func matches(ifNoneMatch: String, etag: String) -> Bool {
    let wanted = withoutWeakness(Array(etag.utf8)[...])
    var rest = Array(ifNoneMatch.utf8).drop(while: isSeparator)
    if rest.first == ASCII.asterisk { return rest.dropFirst().allSatisfy(isSeparator) }
    while !rest.isEmpty {
      let tag = withoutWeakness(rest)
      guard tag.first == ASCII.quote, let end = tag.dropFirst().firstIndex(of: ASCII.quote) else { return false }
      guard tag[tag.startIndex..<end].allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else { return false }
      if tag[...end] == wanted { return true }
      rest = tag[(end + 1)...].drop(while: \.isBlank)
      guard rest.isEmpty || rest.first == ASCII.comma else { return false }
      rest = rest.drop(while: isSeparator)
    }
    return false
  }

  private static func withoutWeakness(_ tag: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    tag.starts(with: Array("W/".utf8)) ? tag.dropFirst(2) : tag
  }

  private static func isSeparator(_ byte: UInt8) -> Bool { byte == ASCII.comma || byte.isBlank }
}
