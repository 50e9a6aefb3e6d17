import JSON

extension PrecedentBook {
  /// Reads `precedents.json` and checks it against its contract:
  /// `{"version", "weights": {indicator: points}, "precedents": [{"id", "kind", "title", "determination", "features", "reasoning"}]}`.
  package init(parsing bytes: [UInt8]) throws(PrecedentFileError) {
    let file: JSONValue
    do { file = try JSONValue(parsing: bytes) } catch {
      let (line, column) = error.position(in: bytes)
      throw PrecedentFileError(path: "", line: line, column: column, "\(error)")
    }
    try Self.requireMembers(file, "", ["version", "weights", "precedents"])
    let version = try Self.text(file, "", "version", atMost: 64)
    let weights = try Self.numbers(file, "", "weights", in: 0...100)
    guard let list = file["precedents"], list.kind == .array, list.count > 0 else {
      throw PrecedentFileError("precedents", file["precedents"] ?? file, "A list of precedents is expected.")
    }
    var precedents: [Precedent] = []
    for (index, element) in list.elements.enumerated() {
      let precedent = try Self.precedent(element, "precedents[\(index)]", weights)
      if precedents.contains(where: { $0.id == precedent.id }) {
        throw PrecedentFileError("precedents[\(index)].id", element, "The id \(precedent.id) is there already.")
      }
      precedents.append(precedent)
    }
    self.init(version: version, weights: weights, precedents: precedents)
  }

  private static func precedent(
    _ value: JSONValue, _ path: String, _ weights: [String: Double]
  ) throws(PrecedentFileError) -> Precedent {
    try requireMembers(value, path, ["id", "kind", "title", "determination", "features", "reasoning"])
    let kindText = try text(value, path, "kind", atMost: 64)
    guard let kind = AlertKind(rawValue: kindText) else {
      throw PrecedentFileError("\(path).kind", value, "Expected is \(list(AlertKind.allCases.map(\.rawValue))).")
    }
    let determinationText = try text(value, path, "determination", atMost: 64)
    guard let determination = Determination(rawValue: determinationText) else {
      let expected = list(Determination.allCases.map(\.rawValue))
      throw PrecedentFileError("\(path).determination", value, "Expected is \(expected).")
    }
    let features = try numbers(value, path, "features", in: 0...1)
    for name in features.keys.sorted() where weights[name] == nil {
      throw PrecedentFileError("\(path).features.\(name)", value, "The indicator has no weight in this file.")
    }
    return Precedent(
      id: try text(value, path, "id", atMost: 64), kind: kind, title: try text(value, path, "title", atMost: 200),
      determination: determination, features: features, reasoning: try text(value, path, "reasoning", atMost: 2_000))
  }

  private static func requireMembers(
    _ value: JSONValue, _ path: String, _ names: [String]
  ) throws(PrecedentFileError) {
    guard value.kind == .object else { throw PrecedentFileError(path, value, "An object is expected.") }
    for (name, member) in value.members where !names.contains(name) {
      throw PrecedentFileError(
        join(path, name), member, "There is no such member; there are \(names.joined(separator: ", ")).")
    }
  }

  private static func text(
    _ value: JSONValue, _ path: String, _ name: String, atMost: Int
  ) throws(PrecedentFileError) -> String {
    guard let text = value[name]?.string, (1...atMost).contains(text.count) else {
      throw PrecedentFileError(
        join(path, name), value[name] ?? value, "A text of 1 to \(Digits.grouped(atMost)) characters is expected.")
    }
    return text
  }

  private static func numbers(
    _ value: JSONValue, _ path: String, _ name: String, in range: ClosedRange<Double>
  ) throws(PrecedentFileError) -> [String: Double] {
    let place = join(path, name)
    guard let object = value[name], object.kind == .object else {
      throw PrecedentFileError(place, value[name] ?? value, "An object of numbers is expected.")
    }
    var numbers: [String: Double] = [:]
    for (key, member) in object.members {
      guard let number = member.double, range.contains(number) else {
        let expected = "A number from \(PolicyKey.short(range.lowerBound)) to \(PolicyKey.short(range.upperBound))"
        throw PrecedentFileError("\(place).\(key)", member, "\(expected) is expected.")
      }
      numbers[key] = number
    }
    return numbers
  }

  private static func join(_ path: String, _ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
  private static func list(_ names: [String]) -> String { names.joined(separator: " or ") }
}

/// Why the file of precedents is not used, and where.
package struct PrecedentFileError: Error, Equatable, CustomStringConvertible {
  package let path: String
  package let line: Int
  package let column: Int
  package let text: String

  init(path: String, line: Int, column: Int, _ text: String) {
    self.path = path
    self.line = line
    self.column = column
    self.text = text
  }

  init(_ path: String, _ value: JSONValue, _ text: String) {
    let (line, column) = value.position
    self.init(path: path, line: line, column: column, text)
  }

  package var description: String {
    "Precedents, line \(line), column \(column)\(path.isEmpty ? "" : ", \(path)"): \(text)"
  }
}

extension PrecedentBook {
  /// The file as ``init(parsing:)`` reads it; names in the order of the alphabet.
  package var text: [UInt8] {
    var writer = JSONWriter(style: .pretty)
    writer.object { file in
      file.member("version", version)
      file.object("weights") { Self.write(weights, &$0) }
      file.array("precedents") { list in
        for precedent in precedents {
          list.object { object in
            object.member("id", precedent.id)
            object.member("kind", precedent.kind.rawValue)
            object.member("title", precedent.title)
            object.member("determination", precedent.determination.rawValue)
            object.object("features") { Self.write(precedent.features, &$0) }
            object.member("reasoning", precedent.reasoning)
          }
        }
      }
    }
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  private static func write(_ numbers: [String: Double], _ writer: inout JSONWriter) {
    for (name, number) in numbers.sorted(by: { $0.key < $1.key }) {
      writer.key(name)
      writer.raw(trusted: Array(PolicyKey.short(number).utf8))
    }
  }
}
