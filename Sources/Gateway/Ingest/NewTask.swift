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
    key = try TaskWords.key(members["key"], fields: keys)
    try TaskWords.check(agent, "agent", TextRule.name.expectation, TextRule.name.isMet)
    try TaskWords.check(tenant, "tenant", TextRule.name.expectation, TextRule.name.isMet)
    try TaskWords.check(owner, "owner", "a principal's name, of 1 to 2560 printable ASCII characters") {
      TaskWords.isPrintable($0, 1...2560)
    }
    try TaskWords.checkTitle(title)
    try TaskWords.check(id, "id", TaskID.expectation, TaskID.isGood)
  }
}
