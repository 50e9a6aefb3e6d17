/// A small check that a page is well-formed as XML is: every tag closed in its order, attributes quoted and once, entities known.
struct WellFormed {
  private let text: [Character]
  private var index = 0
  private var open: [String] = []

  /// Nil when it is, and what is wrong otherwise.
  static func problem(in page: String) -> String? {
    var check = WellFormed(text: Array(page.hasPrefix("<!DOCTYPE html>\n") ? String(page.dropFirst(16)) : page))
    return check.run()
  }

  private init(text: [Character]) { self.text = text }

  private mutating func run() -> String? {
    while index < text.count {
      if text[index] == "<" {
        if let problem = tag() { return problem }
      } else if text[index] == "&" {
        if let problem = entity() { return problem }
      } else if text[index] == ">" {
        return "a bare > \(place)"
      } else {
        index += 1
      }
    }
    return open.isEmpty ? nil : "\(open.joined(separator: ", ")) left open"
  }

  private var place: String { "at \(String(text[max(0, index - 40)..<min(text.count, index + 20)]))" }

  private mutating func name() -> String {
    let start = index
    while index < text.count, text[index].isLetter || text[index].isNumber || text[index] == "-" || text[index] == ":" {
      index += 1
    }
    return String(text[start..<index])
  }

  private mutating func tag() -> String? {
    index += 1
    if index < text.count, text[index] == "/" {
      index += 1
      let closed = name()
      guard open.popLast() == closed, index < text.count, text[index] == ">" else { return "</\(closed)> \(place)" }
      index += 1
      return nil
    }
    let opened = name()
    guard !opened.isEmpty else { return "a bare < \(place)" }
    var attributes: Set<String> = []
    while index < text.count, text[index] == " " {
      index += 1
      let key = name()
      guard !key.isEmpty, attributes.insert(key).inserted, index + 1 < text.count, text[index] == "=",
        text[index + 1] == "\""
      else { return "an attribute of \(opened) \(place)" }
      index += 2
      while index < text.count, text[index] != "\"" {
        if text[index] == "<" { return "a < in an attribute \(place)" }
        if text[index] == "&" { if let problem = entity() { return problem } } else { index += 1 }
      }
      index += 1
    }
    if index + 1 < text.count, text[index] == "/", text[index + 1] == ">" {
      index += 2
      return nil
    }
    guard index < text.count, text[index] == ">" else { return "\(opened) \(place)" }
    index += 1
    open.append(opened)
    return nil
  }

  private mutating func entity() -> String? {
    let rest = String(text[index..<min(text.count, index + 6)])
    guard let known = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"].first(where: rest.hasPrefix) else {
      return "an entity \(place)"
    }
    index += known.count
    return nil
  }
}
