/// One element of an alert file. Names are those without their namespace's prefix.
struct XMLElement: Sendable, Equatable {
  let name: String
  /// The name as it is compared: small letters and digits alone, so that `Trader_ID` is `TraderID`.
  let key: String
  /// Its number in the file, in the order in which elements open.
  let ordinal: Int
  /// Of its `<`, in bytes.
  let offset: Int
  /// Without those that declare namespaces.
  var attributes: [XMLAttribute]
  var children: [XMLElement] = []
  /// Its own characters, without those of its children; spaces and line ends at both sides are cut off, and runs of them are one space.
  var text = ""

  var isLeaf: Bool { children.isEmpty }

  /// Every element below this one, in the order of the file.
  func forEachBelow(_ body: (XMLElement) -> Void) {
    for child in children {
      body(child)
      child.forEachBelow(body)
    }
  }

  /// The first below this one, in the order of the file, that fits.
  ///
  /// - Parameter sections: the keys of elements that are not looked into.
  func firstBelow(outside sections: Set<String> = [], _ fits: (XMLElement) -> Bool) -> XMLElement? {
    for child in children where !sections.contains(child.key) {
      if fits(child) { return child }
      if let found = child.firstBelow(outside: sections, fits) { return found }
    }
    return nil
  }

  /// The outermost ones that fit.
  func outermostBelow(_ fits: (XMLElement) -> Bool) -> [XMLElement] {
    children.flatMap { fits($0) ? [$0] : $0.outermostBelow(fits) }
  }

  static func key(of name: some StringProtocol) -> String {
    var key: [UInt8] = []
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): key.append(byte + 0x20)
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...: key.append(byte)
      default: break
      }
    }
    return String(decoding: key, as: UTF8.self)
  }
}

struct XMLAttribute: Sendable, Equatable {
  let name: String
  let key: String
  let value: String

  init(name: String, value: String) {
    self.name = name
    self.value = value
    key = XMLElement.key(of: name)
  }
}
