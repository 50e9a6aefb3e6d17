import JSON

/// The OpenAPI document as a client reads it, and what it says of answers. Strict: a member that the schema does not have is a fault,
/// because nobody could know of it.
struct OpenAPIReader {
  let document: JSONValue

  init(_ bytes: [UInt8]) throws {
    document = try JSONValue(parsing: bytes)
  }

  /// What is said of this operation; nil when it is not there.
  func operation(_ method: String, _ path: String) -> JSONValue? {
    document["paths"]?[path]?[method.lowercased()]
  }

  /// What is wrong with an answer of this operation; nil when it is as the document says.
  func fault(_ operation: JSONValue, status: Int, type: String?, body: [UInt8]) -> String? {
    guard let response = operation["responses"]?["\(status)"] else { return "The status \(status) is not documented." }
    let bare = type.map { String($0.prefix { $0 != ";" }) }
    guard let content = response["content"] else { return body.isEmpty ? nil : "It has a body, against the document." }
    guard let bare, let media = content[bare] else { return "The type \(bare ?? "none") is not documented." }
    guard bare.hasSuffix("json"), let schema = media["schema"] else { return nil }
    guard let value = try? JSONValue(parsing: body) else { return "It is no JSON." }
    if bare == "application/problem+json" {
      // The codes are where people read them: in the description of the status.
      let code = value["code"]?.string ?? ""
      guard response["description"]?.string?.contains("`\(code)`") == true else { return "\(code) is not documented." }
    }
    return fault(of: value, by: schema, at: "")
  }

  func fault(of value: JSONValue, by schema: JSONValue, at place: String) -> String? {
    if let reference = schema["$ref"]?.string {
      guard let found = resolve(reference) else { return "\(place): \(reference) is not there." }
      return fault(of: value, by: found, at: place)
    }
    if let words = schema["enum"], !words.elements.contains(value) { return "\(place): \(value) is none of \(words)." }
    switch schema["type"]?.string {
    case nil: return nil
    case "string":
      guard let text = value.string else { return "\(place): \(value) is no string." }
      let isTime = text.hasSuffix("Z") && text.contains("T")
      return schema["format"]?.string == "date-time" && !isTime ? "\(place): \(value) is no time." : nil
    case "integer": return value.int == nil ? "\(place): \(value) is no whole number." : nil
    case "number": return value.kind == .number ? nil : "\(place): \(value) is no number."
    case "boolean": return value.bool == nil ? "\(place): \(value) is neither true nor false." : nil
    case "array":
      guard value.kind == .array, let items = schema["items"] else { return "\(place): \(value) is no array." }
      for element in value.elements {
        if let fault = fault(of: element, by: items, at: place + "[]") { return fault }
      }
      return nil
    case "object": return fault(ofObject: value, by: schema, at: place)
    case let type?: return "\(place): the schema has the type \(type), which is not known."
    }
  }

  private func fault(ofObject value: JSONValue, by schema: JSONValue, at place: String) -> String? {
    guard value.kind == .object else { return "\(place): \(value) is no object." }
    for name in schema["required"].map({ Array($0.elements) }) ?? [] {
      guard let name = name.string, value[name] != nil else { return "\(place): \(name) is missing." }
    }
    for (name, member) in value.members {
      guard let known = schema["properties"]?[String(name)] else { return "\(place): \(name) is not documented." }
      if let fault = fault(of: member, by: known, at: "\(place).\(name)") { return fault }
    }
    return nil
  }

  func resolve(_ reference: String) -> JSONValue? {
    guard reference.hasPrefix("#/") else { return nil }
    return reference.dropFirst(2).split(separator: "/").reduce(document) { value, step in value?[String(step)] }
  }

  /// All references of the document, wherever they stand.
  var references: Set<String> { Self.references(in: document) }

  private static func references(in value: JSONValue) -> Set<String> {
    switch value.kind {
    case .object:
      value.members.reduce(into: []) { found, member in
        if String(member.key) == "$ref", let text = member.value.string { found.insert(text) }
        found.formUnion(references(in: member.value))
      }
    case .array: value.elements.reduce(into: []) { $0.formUnion(references(in: $1)) }
    case .null, .bool, .number, .string: []
    }
  }
}
