package import JSON

extension QuestionField {
  func write(into writer: inout JSONWriter) {
    writer.member("name", name)
    writer.member("label", label)
    writer.member("type", typeName)
    writer.member("required", isRequired)
    switch kind {
    case .choice(let options), .multichoice(let options):
      writer.array("options") { list in
        for option in options {
          list.object { item in
            item.member("value", option.value)
            item.member("label", option.label)
          }
        }
      }
    case .text(let maximum), .longtext(let maximum): writer.member("maxLength", ifPresent: maximum)
    case .integer(let minimum, let maximum):
      writer.member("min", ifPresent: minimum)
      writer.member("max", ifPresent: maximum)
    case .decimal(let minimum, let maximum):
      writer.member("min", ifPresent: minimum)
      writer.member("max", ifPresent: maximum)
    case .boolean, .date, .datetime: break
    }
    if let initial {
      writer.key("default")
      initial.write(into: &writer)
    }
    writer.member("unit", ifPresent: unit)
    writer.member("help", ifPresent: help)
  }

  init?(reading value: JSONValue) {
    guard let name = value["name"]?.string else { return nil }
    self.init(
      name, value["label"]?.string ?? name, Kind(reading: value), isRequired: value["required"]?.bool ?? true,
      unit: value["unit"]?.string, help: value["help"]?.string)
    if let initial = value["default"] { self.initial = try? read(initial) }
  }
}

extension QuestionField.Kind {
  /// A type that is not known is asked for as text.
  fileprivate init(reading value: JSONValue) {
    let maximumLength = value["maxLength"]?.int.flatMap { Int(exactly: $0) }
    switch value["type"]?.string {
    case "choice": self = .choice(Self.options(value))
    case "multichoice": self = .multichoice(Self.options(value))
    case "boolean": self = .boolean
    case "longtext": self = .longtext(maximumLength: maximumLength)
    case "integer": self = .integer(minimum: value["min"]?.int, maximum: value["max"]?.int)
    case "decimal": self = .decimal(minimum: value["min"]?.double, maximum: value["max"]?.double)
    case "date": self = .date
    case "datetime": self = .datetime
    default: self = .text(maximumLength: maximumLength)
    }
  }

  private static func options(_ value: JSONValue) -> [QuestionField.Option] {
    (value["options"]?.elements).map { elements in
      elements.compactMap { element in
        element["value"]?.string.map { .init($0, element["label"]?.string) }
      }
    } ?? []
  }
}

extension FieldValue {
  package func write(into writer: inout JSONWriter) {
    switch self {
    case .text(let text): writer.string(text)
    case .texts(let texts): writer.array { list in for text in texts { list.string(text) } }
    case .boolean(let value): writer.bool(value)
    case .integer(let number): writer.number(number)
    case .decimal(let number): writer.number(number)
    }
  }
}
