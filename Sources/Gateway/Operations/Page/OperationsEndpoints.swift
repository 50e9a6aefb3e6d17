import HTTP
import Identity
import Wire

/// `GET /api/operations` and `POST /api/operations:drain`: the page of operations, and its one button.
struct OperationsEndpoints: Sendable {
  static let path = "/api/operations"

  let sources: OperationsSources
  let drain: GatewayDrain

  func install(into router: inout SecuredRouter) {
    router.on(.get, Self.path, .may(.observe)) { request, asker in
      guard let asker else { throw Refusal.notSignedIn }
      _ = try QueryFields(request.head.target, known: [])
      return .json(await OperationsDocument(sources, for: asker.principal).json)
    }
    let pattern = "\(Self.path):drain"
    router.on(.post, pattern, .may(.administer), options: Router.Options(bodyLimit: 16 << 10)) { request, asker in
      guard let asker else { throw Refusal.notSignedIn }
      let body = try await WorkBody(request, members: ["id", "why"], mayBeEmpty: true)
      let why = try body.why()
      try CommandWords.check(why: why)
      await drain.begin(why: why, id: try body.commandID(), request, route: "POST \(pattern)", asker)
      return .json(await OperationsDocument(sources, for: asker.principal).json, status: .accepted)
    }
  }
}
