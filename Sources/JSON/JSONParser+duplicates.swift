extension JSONParser {
  /// Up to so many members are compared with each other; more go through a hash table.
  private static let fewMembers = 24

  /// Length, first, middle and last byte of a key, so that two different keys rarely need a second look.
  static func fingerprint(ofKeyIn content: Range<Int>, _ text: Span<UInt8>) -> UInt32 {
    let length = content.count
    guard length > 0 else { return 0 }
    let first = UInt32(text[content.lowerBound])
    let middle = UInt32(text[content.lowerBound &+ length >> 1])
    let last = UInt32(text[content.upperBound &- 1])
    return UInt32(truncatingIfNeeded: length) << 24 | first << 16 | middle << 8 | last
  }

  /// Keys are the same when they read the same, byte for byte after their escapes (RFC 8259, section 8.3). Swift's
  /// `String` would also take two spellings of one accented letter as the same key; here they are two.
  func refuseDuplicateKeys(ofObjectAt object: Int, _ text: Span<UInt8>) throws(JSONError) {
    let members = nodes[object].count
    guard members > 1 else { return }
    if members <= Self.fewMembers, !nodes[object].hasEscapes {
      try compareKeys(ofObjectAt: object, text)
    } else {
      try collectKeys(ofObjectAt: object, members: members)
    }
  }

  private func compareKeys(ofObjectAt object: Int, _ text: Span<UInt8>) throws(JSONError) {
    let first = object + 1
    var key = behindMember(withKeyAt: first)
    while key < nodes.count {
      let node = nodes[key]
      var earlier = first
      while earlier < key {
        if nodes[earlier].link == node.link, Self.isSame(nodes[earlier].content, node.content, text) {
          throw duplicate(node)
        }
        earlier = behindMember(withKeyAt: earlier)
      }
      key = behindMember(withKeyAt: key)
    }
  }

  /// `Set` hashes with a seed of its own for each process, so chosen keys cannot make it slow.
  private func collectKeys(ofObjectAt object: Int, members: Int) throws(JSONError) {
    var seen: Set<ArraySlice<UInt8>> = []
    seen.reserveCapacity(members)
    var key = object + 1
    while key < nodes.count {
      let node = nodes[key]
      let spelled = bytes[node.content]
      guard seen.insert(node.hasEscapes ? JSONEscape.decode(spelled)[...] : spelled).inserted else {
        throw duplicate(node)
      }
      key = behindMember(withKeyAt: key)
    }
  }

  private func behindMember(withKeyAt key: Int) -> Int {
    let value = nodes[key &+ 1]
    return value.isContainer ? Int(value.link) : key &+ 2
  }

  private static func isSame(_ one: Range<Int>, _ other: Range<Int>, _ text: Span<UInt8>) -> Bool {
    guard one.count == other.count else { return false }
    for step in 0..<one.count where text[one.lowerBound &+ step] != text[other.lowerBound &+ step] {
      return false
    }
    return true
  }

  private func duplicate(_ key: JSONNode) -> JSONError {
    let start = key.content.lowerBound
    let shown = bytes[start..<min(key.content.upperBound, start + 40)]
    let more = key.content.count > shown.count ? "…" : ""
    return JSONError(
      .duplicateKey, at: Int(key.start), detail: "\"\(String(decoding: shown, as: UTF8.self))\(more)\"")
  }
}
