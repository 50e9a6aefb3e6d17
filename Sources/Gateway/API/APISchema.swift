import JSON

/// What a JSON value of this API looks like, in as much of JSON Schema 2020-12 as that takes.
indirect enum APISchema: Sendable, Equatable {
  case string(format: String? = nil)
  /// One of these.
  case words([String])
  case integer
  case number
  case bool
  case array(of: APISchema)
  case object([APIMember])
  /// Any JSON value: what others have sent.
  case anything
  /// A schema of the document that has a name.
  case named(String)

  static let time = APISchema.string(format: "date-time")
  static let cursor = APISchema.named("Cursor")

  func write(to writer: inout JSONWriter, _ description: String? = nil) {
    writer.object { schema in
      switch self {
      case .string(let format):
        schema.member("type", "string")
        schema.member("format", ifPresent: format)
      case .words(let words):
        schema.member("type", "string")
        schema.array("enum") { list in for word in words { list.string(word) } }
      case .integer: schema.member("type", "integer")
      case .number: schema.member("type", "number")
      case .bool: schema.member("type", "boolean")
      case .array(let element):
        schema.member("type", "array")
        schema.key("items")
        element.write(to: &schema)
      case .object(let members): Self.write(members, to: &schema)
      case .anything: break
      case .named(let name): schema.member("$ref", "#/components/schemas/\(name)")
      }
      schema.member("description", ifPresent: description)
    }
  }

  private static func write(_ members: [APIMember], to schema: inout JSONWriter) {
    schema.member("type", "object")
    schema.object("properties") { properties in
      for member in members {
        properties.key(member.name)
        member.schema.write(to: &properties, member.meaning)
      }
    }
    let required = members.filter { !$0.isOptional }
    guard !required.isEmpty else { return }
    schema.array("required") { list in for member in required { list.string(member.name) } }
  }
}

/// A member of an object.
struct APIMember: Sendable, Equatable {
  let name: String
  let schema: APISchema
  let meaning: String?
  let isOptional: Bool

  init(_ name: String, _ schema: APISchema, _ meaning: String? = nil, isOptional: Bool = false) {
    self.name = name
    self.schema = schema
    self.meaning = meaning
    self.isOptional = isOptional
  }

  static func optional(_ name: String, _ schema: APISchema, _ meaning: String? = nil) -> APIMember {
    APIMember(name, schema, meaning, isOptional: true)
  }
}
