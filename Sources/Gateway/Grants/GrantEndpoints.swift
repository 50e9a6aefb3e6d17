import HTTP
import Identity
import JSON
import Wire

/// `/api/session/stream`, where a page learns what becomes of its right, and `/api/grants/{id}`, where a stream gets a newer token.
struct GrantEndpoints: Sendable {
  let grants: StreamGrants

  func install(into router: inout SecuredRouter) {
    router.on(.get, "/api/session/stream", .known) { request, asker in
      guard let asker else { throw Refusal.notSignedIn }
      // It shows nothing but the right itself, so whoever is known may see it.
      return try grants.events(for: asker, request, mayGoOn: { _ in true }) { stream, _ in
        _ = await stream.untilEnded()
      }
    }
    router.on(.post, "/api/grants/{id}", .known, options: SmallBody.options) { request, asker in
      guard let asker else { throw Refusal.notSignedIn }
      _ = try await SmallBody.read(request, members: [])
      let end = try grants.refresh(request.parameters["id"] ?? "", by: asker)
      var writer = JSONWriter()
      writer.object { $0.member("expires", end.description) }
      return .json(writer.bytes)
    }
  }
}
