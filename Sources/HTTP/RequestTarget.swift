/// What a request asks for: a path with an optional query, or `*`.
package struct RequestTarget: Sendable, Equatable {
  /// The target as it was sent.
  package let raw: String
  /// The path as it was sent, percent-encoded, without the query. Begins with `/`, or is `*`.
  package let path: String
  /// What follows the first `?`, as it was sent; nil without a `?`.
  package let query: String?
  /// The parts of the path between slashes, decoded: `/` has none, `/a/` has `a` and an empty one. No segment is `.` or `..`,
  /// nor would one become so if the slashes or backslashes that were encoded in it were taken for separators.
  package let decodedSegments: [String]
  /// The authority of an absolute-form target, which overrides Host; nil for the other forms.
  package let authority: String?

  /// The items of the query, decoded at each call.
  package var queryItems: [QueryItem] { query.map(QueryItem.parse) ?? [] }

  /// The value of the first query item called `name`.
  package func queryValue(_ name: String) -> String? {
    queryItems.first { $0.name == name }?.value
  }

  /// `*`: the server as a whole, which only OPTIONS can ask for.
  package var isAsterisk: Bool { path == "*" }

  /// Reads a target as the request reader does; throws the 400 the reader would give.
  package init(parsing raw: String, method: HTTPMethod = .get) throws(Refusal) {
    self = try RequestTargetParser.parse(Array(raw.utf8)[...], method: method)
  }

  init(raw: String, path: String, query: String?, segments: [String], authority: String?) {
    self.raw = raw
    self.path = path
    self.query = query
    self.decodedSegments = segments
    self.authority = authority
  }
}
