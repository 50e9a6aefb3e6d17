import HTTP
import TestSupport
import Testing

@testable import Wire

extension Router {
  /// A router whose routes answer nothing: what is asked of it is which one matches.
  fileprivate init(_ routes: (HTTPMethod, String)...) {
    self.init()
    for (method, pattern) in routes { on(method, pattern) { _ in Response() } }
  }

  /// What it makes of a request, in one line.
  fileprivate func verdict(_ method: HTTPMethod, _ target: String) throws -> String {
    let head = RequestHead(method: method, target: try RequestTarget(parsing: target, method: method))
    switch match(head) {
    case .route(let route, let parameters):
      let values = parameters.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }
      return route.pattern + values.joined()
    case .otherMethods(let methods): return "405 " + methods.map(\.rawValue).joined(separator: ",")
    case .options(let methods): return "options " + methods.map(\.rawValue).joined(separator: ",")
    case .notFound: return "404"
    }
  }
}

@Suite struct RouterTests {
  private let router = Router(
    (.get, "/"), (.get, "/tasks"), (.post, "/tasks"), (.get, "/tasks/{id}"), (.get, "/tasks/open"),
    (.get, "/tasks/{id}/events"), (.get, "/files/{path...}"), (.get, "/files/list"), (.get, "/files/{name}/facts"),
    (.delete, "/only"), (.get, "/folder/"))

  @Test(arguments: [
    ("/", "/"),
    ("/tasks", "/tasks"),
    ("/tasks?x=/files", "/tasks"),
    ("/tasks/7", "/tasks/{id} id=7"),
    ("/tasks/7/events", "/tasks/{id}/events id=7"),
    // A literal beats a parameter, a parameter beats the rest.
    ("/tasks/open", "/tasks/open"),
    ("/files/list", "/files/list"),
    ("/files/a/facts", "/files/{name}/facts name=a"),
    ("/files/a/b", "/files/{path...} path=a/b"),
    // Where the better start leads nowhere, the other is taken.
    ("/tasks/open/events", "/tasks/{id}/events id=open"),
    ("/files/list/more", "/files/{path...} path=list/more"),
    // The rest may be empty.
    ("/files", "/files/{path...} path="),
    ("/files/", "/files/{path...} path="),
    ("/files/a/", "/files/{path...} path=a/"),
    // A trailing slash is another path; an empty segment is no value.
    ("/tasks/", "404"),
    ("/tasks//events", "404"),
    ("/tasks/7/", "404"),
    ("/folder/", "/folder/"),
    ("/folder", "404"),
    ("//", "404"),
    ("/Tasks", "404"),
    ("/nothing", "404"),
  ])
  func `a path finds its route`(path: String, expected: String) throws {
    #expect(try router.verdict(.get, path) == expected)
  }

  @Test(arguments: [
    ("/tasks/a%20b", "/tasks/{id} id=a b"),
    ("/tasks/%C3%A4", "/tasks/{id} id=ä"),
    // An encoded slash is part of the value, not of the path.
    ("/tasks/a%2Fb", "/tasks/{id} id=a/b"),
    ("/%74asks", "/tasks"),
    ("/tasks/a+b", "/tasks/{id} id=a+b"),
  ])
  func `parameters are decoded`(path: String, expected: String) throws {
    #expect(try router.verdict(.get, path) == expected)
  }

  private let verbs = Router(
    (.get, "/tasks/{id}"), (.post, "/tasks/{id}:cancel"), (.get, "/tasks/{task}:watch"),
    (.post, "/tasks/{id}:hold/now"),
    (.post, "/tasks/all:cancel"))

  @Test(
    arguments: [
      (.post, "/tasks/7:cancel", "/tasks/{id}:cancel id=7"),
      (.post, "/tasks/7%3Acancel", "/tasks/{id}:cancel id=7"),
      // The last colon counts, and a verb has its own name for what is before it.
      (.post, "/tasks/a:b:cancel", "/tasks/{id}:cancel id=a:b"),
      (.get, "/tasks/7:watch", "/tasks/{task}:watch task=7"),
      (.post, "/tasks/7:hold/now", "/tasks/{id}:hold/now id=7"),
      // A literal beats a verb, and a verb a parameter, whatever the method.
      (.post, "/tasks/all:cancel", "/tasks/all:cancel"),
      (.get, "/tasks/7:cancel", "405 OPTIONS,POST"),
      // What is no verb, or has nothing before it, is a value like another.
      (.get, "/tasks/7:pause", "/tasks/{id} id=7:pause"), (.get, "/tasks/:cancel", "/tasks/{id} id=:cancel"),
      (.get, "/tasks/7:", "/tasks/{id} id=7:"), (.get, "/tasks/7:CANCEL", "/tasks/{id} id=7:CANCEL"),
      (.get, "/tasks/7:hold", "/tasks/{id} id=7:hold"), (.post, "/tasks/7:cancel/more", "404"),
    ] as [(HTTPMethod, String, String)])
  func `a verb is the end of a segment, behind its last colon`(
    method: HTTPMethod, target: String, expected: String
  ) throws {
    #expect(try verbs.verdict(method, target) == expected, "\(target)")
  }

  @Test func `HEAD goes where GET goes unless it has a route of its own`() throws {
    #expect(try router.verdict(.head, "/tasks/7") == "/tasks/{id} id=7")
    #expect(try router.verdict(.head, "/only") == "405 DELETE,OPTIONS")
  }

  @Test(arguments: [
    (HTTPMethod.put, "/tasks", "405 GET,HEAD,OPTIONS,POST"),
    (.get, "/only", "405 DELETE,OPTIONS"),
    (.post, "/files/a/b", "405 GET,HEAD,OPTIONS"),
    (HTTPMethod("get"), "/tasks", "405 GET,HEAD,OPTIONS,POST"),
    (.post, "/nothing", "404"),
  ])
  func `another method is told which there are`(method: HTTPMethod, path: String, expected: String) throws {
    #expect(try router.verdict(method, path) == expected)
  }

  @Test func `OPTIONS lists the methods of a path or of the server`() throws {
    #expect(try router.verdict(.options, "/tasks") == "options GET,HEAD,OPTIONS,POST")
    #expect(try router.verdict(.options, "/only") == "options DELETE,OPTIONS")
    #expect(try router.verdict(.options, "*") == "options DELETE,GET,HEAD,OPTIONS,POST")
    #expect(try Router().verdict(.options, "*") == "options OPTIONS")
    #expect(try router.verdict(.options, "/nothing") == "404")
  }

  @Test func `a router without routes knows nothing`() throws {
    #expect(try Router().verdict(.get, "/") == "404")
  }
}

/// What only a programmer can do wrong stops the program.
@Suite struct RouterMistakeTests {
  @Test func `a pattern without its slash traps`() async {
    await #expect(processExitsWith: .failure) { _ = Router((.get, "tasks")) }
  }

  @Test func `a route given twice traps`() async {
    await #expect(processExitsWith: .failure) { _ = Router((.get, "/a"), (.get, "/a")) }
    await #expect(processExitsWith: .failure) { _ = Router((.get, "/{a...}"), (.get, "/{a...}")) }
  }

  @Test func `a parameter with two names traps`() async {
    await #expect(processExitsWith: .failure) { _ = Router((.get, "/{a}"), (.get, "/{b}/x")) }
    await #expect(processExitsWith: .failure) { _ = Router((.get, "/{a...}"), (.post, "/{b...}")) }
  }

  @Test func `a rest that is not last traps`() async {
    await #expect(processExitsWith: .failure) { _ = Router((.get, "/{a...}/x")) }
  }
}
