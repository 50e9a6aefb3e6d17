/// Writes elements, one a line.
struct XMLWriter {
  private(set) var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  private var depth = 0

  static func document(_ body: (inout XMLWriter) -> Void) -> String {
    var writer = XMLWriter()
    body(&writer)
    return writer.text
  }

  mutating func leaf(_ name: String, _ value: String) { line("<\(name)>\(Self.escaped(value))</\(name)>") }
  mutating func leaves(_ pairs: KeyValuePairs<String, String>) { for (name, value) in pairs { leaf(name, value) } }

  mutating func inside(_ name: String, _ attributes: String = "", _ body: (inout XMLWriter) -> Void) {
    line("<\(name)\(attributes.isEmpty ? "" : " " + attributes)>")
    depth += 1
    body(&self)
    depth -= 1
    line("</\(name)>")
  }

  mutating func line(_ line: String) { text += String(repeating: "  ", count: depth) + line + "\n" }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      default: escaped.append(character)
      }
    }
    return escaped
  }
}
