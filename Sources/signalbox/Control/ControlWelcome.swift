import JSON

/// How the gateway greets.
struct ControlWelcome: Sendable, Equatable {
  let principal: String
  let roles: [String]
  let epoch: String

  init(_ json: JSONValue) {
    principal = json["principal"]?.string ?? ""
    roles = json["roles"]?.elements.compactMap(\.string) ?? []
    epoch = json["epoch"]?.string ?? ""
  }
}
