package import HTTP

/// Answers a request. Runs on the connection's loop, as does all that it calls, `@concurrent` functions included, until it comes to
/// an actor with an executor of its own (docs/decisions/0010): it must not block there.
package typealias Handler = @Sendable (Request) async throws -> Response

/// What is served under which method and path. Built once, then only read.
///
/// A pattern is a path whose segments are literal, `{name}` (one segment), `{name}:verb` (one that ends so) or, last, `{name...}` (the
/// rest, also empty). A literal beats a verb, a verb a parameter, and a parameter the rest.
package struct Router: Sendable {
  private var root = Node()
  private var methods: Set<HTTPMethod> = []
  /// What is added to every answer to this request, whoever answers it: for rules that depend on which page asks.
  package var answerFields: (@Sendable (RequestHead) -> HTTPFields)?
  /// What is added to the answer to `OPTIONS`, where these are the methods that the path takes.
  package var preflight: (@Sendable (RequestHead, [HTTPMethod]) -> HTTPFields)?

  package init() {}

  /// How one route differs from the defaults.
  package struct Options: Sendable {
    /// The largest body that is read, in bytes; more is refused with 413. Default 1 MiB.
    package var bodyLimit = 1 << 20
    /// How long a handler may take until it answers. Default 60 s.
    package var answerWithin: Duration = .seconds(60)
    /// The handler is cancelled when the peer ends its half of the connection, or all of it, before it is answered. Otherwise the
    /// answer is made for a peer that may only have closed its half. For answers that take long. Default false.
    package var endsWithPeer = false

    package init(bodyLimit: Int = 1 << 20, answerWithin: Duration = .seconds(60), endsWithPeer: Bool = false) {
      self.bodyLimit = bodyLimit
      self.answerWithin = answerWithin
      self.endsWithPeer = endsWithPeer
    }
  }

  struct Route: Sendable {
    let pattern: String
    let options: Options
    let handler: Handler
  }

  /// What the table says of a request.
  enum Match: Sendable {
    case route(Route, parameters: [String: String])
    /// The path is known, the method is not among these.
    case otherMethods([HTTPMethod])
    /// `OPTIONS` on a known path, or on the server as a whole.
    case options([HTTPMethod])
    case notFound
  }

  /// Adds a route. A pattern that is already taken for the method is the programmer's mistake.
  package mutating func on(
    _ method: HTTPMethod, _ pattern: String, options: Options = Options(), _ handler: @escaping Handler
  ) {
    precondition(pattern.hasPrefix("/"), "The pattern \(pattern) must begin with a slash.")
    // As in RequestTarget: "/" has no segments, "/a/" has two, the last of them empty.
    let texts = pattern == "/" ? [] : pattern.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    let segments = texts.map(Segment.init)
    methods.insert(method)
    root.insert(
      Route(pattern: pattern, options: options, handler: handler), method: method, at: segments[...], pattern: pattern)
  }

  func match(_ head: RequestHead) -> Match {
    if head.target.isAsterisk { return .options(Self.answerable(methods)) }
    guard let (routes, parameters) = root.find(head.target.decodedSegments[...]) else { return .notFound }
    // HEAD is GET without the body; the connection leaves the body out.
    if let route = routes[head.method] ?? (head.method == .head ? routes[.get] : nil) {
      return .route(route, parameters: parameters)
    }
    let methods = Self.answerable(Set(routes.keys))
    return head.method == .options ? .options(methods) : .otherMethods(methods)
  }

  /// What follows from the methods that are routed, in alphabetical order.
  private static func answerable(_ routed: Set<HTTPMethod>) -> [HTTPMethod] {
    var methods = routed.union([.options])
    if methods.contains(.get) { methods.insert(.head) }
    return methods.sorted { $0.rawValue < $1.rawValue }
  }
}

extension Router {
  private enum Segment {
    case literal(String)
    case parameter(String)
    case verb(String, of: String)
    case rest(String)

    init(_ text: Substring) {
      if text.hasPrefix("{"), text.hasSuffix("...}") {
        self = .rest(String(text.dropFirst().dropLast(4)))
      } else if text.hasPrefix("{"), text.hasSuffix("}") {
        self = .parameter(String(text.dropFirst().dropLast()))
      } else if text.hasPrefix("{"), let end = text.firstIndex(of: "}"), text[end...].hasPrefix("}:") {
        self = .verb(String(text[end...].dropFirst(2)), of: String(text[..<end].dropFirst()))
      } else {
        self = .literal(String(text))
      }
    }
  }

  private typealias Routes = [HTTPMethod: Route]

  /// One level of the tree of segments.
  private struct Node: Sendable {
    var literals: [String: Node] = [:]
    /// An array as a box: at most one element.
    var parameter: [(name: String, node: Node)] = []
    var verbs: [String: (name: String, node: Node)] = [:]
    var rest: (name: String, routes: Routes)?
    var routes: Routes = [:]

    mutating func insert(_ route: Route, method: HTTPMethod, at path: ArraySlice<Segment>, pattern: String) {
      guard let first = path.first else {
        precondition(routes.updateValue(route, forKey: method) == nil, "\(method) \(pattern) is routed twice.")
        return
      }
      switch first {
      case .literal(let text):
        literals[text, default: Node()].insert(route, method: method, at: path.dropFirst(), pattern: pattern)
      case .parameter(let name):
        if parameter.isEmpty { parameter = [(name, Node())] }
        precondition(parameter[0].name == name, "\(pattern) names a parameter otherwise than an earlier pattern.")
        parameter[0].node.insert(route, method: method, at: path.dropFirst(), pattern: pattern)
      case .verb(let verb, of: let name):
        precondition(
          verbs[verb, default: (name, Node())].name == name,
          "\(pattern) names a parameter otherwise than an earlier one.")
        verbs[verb, default: (name, Node())].node.insert(
          route, method: method, at: path.dropFirst(), pattern: pattern)
      case .rest(let name):
        precondition(path.count == 1, "In \(pattern) the rest must come last.")
        if rest == nil { rest = (name, [:]) }
        precondition(rest?.name == name, "\(pattern) names the rest otherwise than an earlier pattern.")
        precondition(
          rest?.routes.updateValue(route, forKey: method) == nil, "\(method) \(pattern) is routed twice.")
      }
    }

    func find(_ path: ArraySlice<String>) -> (Routes, [String: String])? {
      guard let first = path.first else {
        if !routes.isEmpty { return (routes, [:]) }
        return rest.map { ($0.routes, [$0.name: ""]) }
      }
      if let found = literals[first]?.find(path.dropFirst()) { return found }
      if let colon = first.lastIndex(of: ":"), colon > first.startIndex,
        let (name, node) = verbs[String(first[first.index(after: colon)...])], var found = node.find(path.dropFirst())
      {
        found.1[name] = String(first[..<colon])
        return found
      }
      // An empty segment is a doubled or trailing slash, never a value.
      if !first.isEmpty, let (name, node) = parameter.first, var found = node.find(path.dropFirst()) {
        found.1[name] = first
        return found
      }
      return rest.map { ($0.routes, [$0.name: path.joined(separator: "/")]) }
    }
  }
}
