import HTTP
import Identity
import JSON
import Wire

/// `GET /audit?limit=&after=` for the admin listener: the last records that are in memory, oldest first.
struct AuditEndpoint: Sendable {
  private static let defaultLimit: Int64 = 100
  private static let highestLimit: Int64 = 1000

  let audit: AuditTrail

  func install(into router: inout SecuredRouter) {
    router.on(.get, "/audit", .may(.administer)) { request, _ in .json(try describe(request.head.target)) }
  }

  func describe(_ target: RequestTarget) throws(Refusal) -> [UInt8] {
    let fields = try QueryFields(target, known: ["limit", "after"])
    let limit = try fields.number("limit", in: 1...Self.highestLimit) ?? Self.defaultLimit
    let after = try fields.number("after", in: 0...Int64.max)
    let entries = audit.entries(after: after, limit: Int(limit))
    var writer = JSONWriter()
    writer.object { object in
      object.array("records") { list in
        for entry in entries { entry.write(to: &list) }
      }
      // Where the next question goes on, also when there was nothing.
      object.member("last", ifPresent: entries.last?.id ?? after)
    }
    return writer.bytes
  }
}
