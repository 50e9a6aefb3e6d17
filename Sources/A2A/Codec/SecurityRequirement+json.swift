import JSON

extension SecurityRequirement: JSONCoded {
  /// `{"schemes": {name: {"list": [scope]}}}`, or in 0.3 `{name: [scope]}`.
  init(_ reader: ObjectReader) throws(FieldFault) {
    self.init(schemes: [:])
    let wrapped = reader.object["schemes"].flatMap { $0.kind == .object ? $0 : nil }
    for (name, value) in (wrapped ?? reader.object).members {
      let list = value.kind == .object ? value["list"] : value
      do throws(FieldFault) {
        schemes[name] = try Self.scopes(list)
      } catch {
        throw error.inside("schemes")
      }
    }
  }

  private static func scopes(_ list: JSONValue?) throws(FieldFault) -> [String] {
    guard let list, !list.isNull else { return [] }
    guard list.kind == .array else { throw .wrongKind(list, expected: "a list of scopes for each scheme") }
    var scopes: [String] = []
    for element in list.elements {
      guard let scope = element.string else { throw .wrongKind(element, expected: "a list of strings for each scheme") }
      scopes.append(scope)
    }
    return scopes
  }

  func write(to object: inout JSONWriter, as notation: Notation) {
    let sorted = schemes.sorted { $0.key < $1.key }
    guard notation.isV1 else {
      for (name, scopes) in sorted { object.strings(name, scopes) }
      return
    }
    object.object("schemes") { map in
      for (name, scopes) in sorted {
        map.object(name) { $0.strings("list", ifAny: scopes) }
      }
    }
  }
}
