import HTTP
import JSON
import Wire

/// Files to try the agents with: `GET /api/samples`, `GET /api/samples/{name}`.
struct SampleEndpoints: Sendable {
  static let path = "/api/samples"

  let shelf: SampleShelf

  func install(into router: inout SecuredRouter) {
    let list = list
    router.on(.get, Self.path, .known) { _, _ in .json(list) }
    router.on(.get, "\(Self.path)/{name}", .known) { [shelf] request, _ in
      guard let sample = shelf[request.parameters["name"] ?? ""] else { throw Refusal.noSuchSample }
      return Response(
        fields: HTTPFields([("content-type", sample.mediaType), ("cache-control", "no-store")]),
        body: .bytes(sample.bytes))
    }
  }

  private var list: [UInt8] {
    var writer = JSONWriter()
    writer.object { reply in
      reply.array("samples") { list in
        for sample in shelf.samples {
          list.object { object in
            object.member("name", sample.name)
            object.member("title", sample.title)
            object.member("description", sample.description)
            object.member("size", sample.bytes.count)
          }
        }
      }
    }
    return writer.bytes
  }
}

extension Refusal {
  fileprivate static let noSuchSample = Refusal(
    .notFound, "There is no such sample. GET /api/samples lists those that there are.")
}
