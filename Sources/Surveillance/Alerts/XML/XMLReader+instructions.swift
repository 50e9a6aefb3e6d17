extension XMLReader {
  mutating func readComment() throws(XMLError) {
    let start = index
    try countNode(at: start)
    index += 4
    while index < bytes.count {
      if isNext("-->") {
        index += 3
        return
      }
      // At the end of the file it is the end that is missing.
      if isNext("--"), index + 2 < bytes.count { throw XMLError(.doubleHyphen, at: index) }
      index += 1
    }
    throw unfinished("a comment", from: start)
  }

  /// An instruction for some program: it is passed over.
  mutating func readInstruction() throws(XMLError) {
    let start = index
    try countNode(at: start)
    index += 2
    let target = try readName("the name of an instruction")
    if XMLElement.key(of: String(decoding: target.raw, as: UTF8.self)) == "xml", target.raw.count == 3 {
      throw XMLError(.lateDeclaration, at: start)
    }
    guard index < bytes.count else { throw unfinished("an instruction", from: start) }
    guard isNext("?>") || XMLBytes.isSpace(bytes[index]) else {
      throw XMLError(.expected("a space or `?>`"), at: index)
    }
    while index < bytes.count {
      if isNext("?>") {
        index += 2
        return
      }
      index += 1
    }
    throw unfinished("an instruction", from: start)
  }

  /// `<?xml version="1.0" encoding="UTF-8"?>`, if it is there.
  mutating func readDeclaration() throws(XMLError) {
    guard isNext("<?xml"), index + 5 < bytes.count, XMLBytes.isSpace(bytes[index + 5]) else { return }
    let start = index
    index += 5
    var found: [String] = []
    while true {
      let beforeSpaces = index
      skipSpaces()
      guard index < bytes.count else { throw unfinished("the XML declaration", from: start) }
      if isNext("?>") { break }
      guard index > beforeSpaces else { throw XMLError(.expected("a space or `?>`"), at: index) }
      let place = index
      if bytes[index] == XMLBytes.question { throw XMLError(.declaration("`?>` should end it"), at: index) }
      let (name, value) = try readAttribute(of: start)
      found.append(name.local)
      try check(name.local, value, at: place)
    }
    let order = ["version", "encoding", "standalone"]
    guard found.first == "version", found == order.filter(found.contains) else {
      throw XMLError(.declaration("it gives version, encoding and standalone in this order, each once"), at: start)
    }
    index += 2
  }

  private func check(_ name: String, _ value: String, at place: Int) throws(XMLError) {
    switch name {
    case "version":
      let minor = value.utf8.dropFirst(2)
      let isKnown = value.hasPrefix("1.") && !minor.isEmpty && minor.allSatisfy { (0x30...0x39).contains($0) }
      if !isKnown { throw XMLError(.declaration("the version is not 1.0"), at: place) }
    case "encoding":
      // Nothing of a name that is no name goes into a message.
      let isName = !value.isEmpty && value.unicodeScalars.allSatisfy { XMLCharacter.continuesName($0.value) }
      guard isName else { throw XMLError(.declaration("the encoding has no name"), at: place) }
      if value.lowercased() != "utf-8" { throw XMLError(.encoding(Name.shown(value)), at: place) }
    case "standalone":
      guard value == "yes" || value == "no" else {
        throw XMLError(.declaration("standalone is neither yes nor no"), at: place)
      }
    default: throw XMLError(.declaration("it has version, encoding and standalone alone"), at: place)
    }
  }
}
