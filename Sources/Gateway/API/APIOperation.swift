import HTTP

/// One route as others may rely on it: a row of the table from which the OpenAPI document is made.
struct APIOperation: Sendable {
  let method: HTTPMethod
  let path: String
  /// The same as the route's own; the tests see to that.
  let access: RouteAccess
  /// `operationId`: what programs call it that are made from the document.
  let name: String
  let summary: String
  var details: String?
  var parameters: [APIParameter] = []
  var body: APIBody?
  var answers: [APIAnswer]
  /// The codes of its problems, by status; those that follow from `access` come on top.
  var refusals: [Int: [String]] = [:]
  /// Statuses that also come with an error of the protocol that is spoken there, as JSON.
  var protocolErrors: Set<Int> = []

  init(
    _ method: HTTPMethod, _ path: String, _ access: RouteAccess, _ name: String, _ summary: String,
    details: String? = nil, parameters: [APIParameter] = [], body: APIBody? = nil, _ answers: APIAnswer...,
    refusals: [Int: [String]] = [:]
  ) {
    self.method = method
    self.path = path
    self.access = access
    self.name = name
    self.summary = summary
    self.details = details
    self.parameters = parameters
    self.body = body
    self.answers = answers
    self.refusals = refusals
  }

  /// All codes by status: the operation's own, and those of the door that a request has to pass before.
  var problems: [Int: [String]] {
    var problems = refusals
    func add(_ status: Int, _ codes: String...) {
      problems[status, default: []] += codes.filter { problems[status]?.contains($0) != true }
    }
    if method != .get { add(403, "foreign-origin") }
    guard access != .open else { return problems }
    add(429, "too-many-requests")
    guard access != .signIn else { return problems }
    add(400, "doubled-credential", "two-principals")
    add(401, "not-signed-in", "bad-certificate", "bad-token", "session-over")
    add(403, "nobody-here")
    if method != .get { add(403, "csrf-required") }
    if case .may = access { add(403, "forbidden") }
    add(503, "keys-unavailable", "sessions-away")
    return problems
  }
}

struct APIParameter: Sendable {
  enum Place: String, Sendable {
    case query, header, path
  }

  let place: Place
  let name: String
  let schema: APISchema
  let meaning: String

  init(_ place: Place, _ name: String, _ schema: APISchema, _ meaning: String) {
    self.place = place
    self.name = name
    self.schema = schema
    self.meaning = meaning
  }

  init(_ place: Place, _ name: String, _ meaning: String) {
    self.init(place, name, .string(), meaning)
  }
}

struct APIBody: Sendable {
  let types: [String]
  let schema: APISchema
  let isRequired: Bool

  init(_ types: String..., schema: APISchema, isRequired: Bool = true) {
    self.types = types
    self.schema = schema
    self.isRequired = isRequired
  }
}

/// What comes when all is well.
struct APIAnswer: Sendable {
  let status: Int
  let meaning: String
  /// Nil: no body.
  let type: String?
  let schema: APISchema
  /// Fields of the answer that belong to it.
  let fields: [String]

  init(_ status: Int, _ meaning: String, type: String? = nil, _ schema: APISchema = .string(), fields: [String] = []) {
    self.status = status
    self.meaning = meaning
    self.type = type
    self.schema = schema
    self.fields = fields
  }

  static func json(
    _ meaning: String, _ schema: APISchema, status: Int = 200, fields: [String] = []
  ) -> APIAnswer {
    APIAnswer(status, meaning, type: "application/json", schema, fields: fields)
  }

  static func text(_ meaning: String) -> APIAnswer { APIAnswer(200, meaning, type: "text/plain") }

  static func events(_ meaning: String) -> APIAnswer { APIAnswer(200, meaning, type: "text/event-stream") }
}
