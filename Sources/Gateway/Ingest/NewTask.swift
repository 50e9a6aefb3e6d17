import HTTP
import Identity
import Wire

/// What `POST /ingest/tasks` asks for.
struct NewTask: Sendable, Equatable {
  let agent: String
  let title: String?
  /// Nil: the asker's own.
  let owner: String?
  let tenant: String?
  /// Nil: the gateway finds one.
  let id: String?
  /// The owner's word against opening it twice.
  let key: String?

  init(_ request: Request) async throws {
    let members = try await SmallBody.read(request, members: ["agent", "title", "owner", "tenant", "id", "key"])
    try self.init(members, keys: request.head.fields.values(of: "idempotency-key"))
  }

  /// - Parameter keys: of the field, which says the same as the member.
  init(_ members: [String: String], keys: [String]) throws(Refusal) {
    guard let agent = members["agent"] else {
      throw .badTask("The body has no \"agent\". Name the agent whose task it is: {\"agent\":\"nightly-import\"}.")
    }
    self.agent = agent
    tenant = members["tenant"]
    owner = members["owner"]
    title = members["title"]
    id = members["id"]
    let keys = Set(keys + (members["key"].map { [$0] } ?? []))
    key = keys.first
    guard keys.count <= 1 else {
      throw .badTask("The request has several different keys. Send one, as \"key\" or as Idempotency-Key.")
    }
    try Self.check(agent, "agent", TextRule.name.expectation, TextRule.name.isMet)
    try Self.check(tenant, "tenant", TextRule.name.expectation, TextRule.name.isMet)
    try Self.check(owner, "owner", "a principal's name, of 1 to 2560 printable ASCII characters") {
      Self.isPrintable($0, 1...2560)
    }
    try Self.check(title, "title", "at most 500 bytes without control characters") { text in
      text.utf8.count <= 500 && text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }
    try Self.check(id, "id", TaskID.expectation, TaskID.isGood)
    try Self.check(key, "key", "1 to 255 printable ASCII characters") { Self.isPrintable($0, 1...255) }
  }

  private static func check(
    _ text: String?, _ name: String, _ expectation: String, _ isMet: (String) -> Bool
  ) throws(Refusal) {
    guard let text, !isMet(text) else { return }
    throw .badTask("The \"\(name)\" must be \(expectation), not \(Excerpt.quoting(text.utf8)).")
  }

  private static func isPrintable(_ text: String, _ length: ClosedRange<Int>) -> Bool {
    length.contains(text.utf8.count) && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
  }
}
