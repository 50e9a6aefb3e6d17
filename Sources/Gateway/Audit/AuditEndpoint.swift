import HTTP
import Identity
import JSON
import Wire

/// `GET /audit?limit=&after=` for the admin listener: the last records that are in memory, oldest first.
struct AuditEndpoint: Sendable {
  private static let defaultLimit = 100
  private static let highestLimit = 1000

  let audit: AuditTrail

  func install(into router: inout SecuredRouter) {
    router.on(.get, "/audit", .may(.administer)) { request, _ in .json(try describe(request.head.target)) }
  }

  func describe(_ target: RequestTarget) throws(Refusal) -> [UInt8] {
    for item in target.queryItems where item.name != "limit" && item.name != "after" {
      throw Refusal(
        .badRequest,
        "The query has \(Excerpt.quoting(item.name.utf8)), which says nothing here. It may have limit and after.")
    }
    let limit = try number(target, "limit", 1...Int64(Self.highestLimit)) ?? Int64(Self.defaultLimit)
    let after = try number(target, "after", 0...Int64.max)
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

  private func number(
    _ target: RequestTarget, _ name: String, _ range: ClosedRange<Int64>
  ) throws(Refusal) -> Int64? {
    guard let text = target.queryValue(name) else { return nil }
    guard let number = Int64(text), range.contains(number) else {
      throw Refusal(
        .badRequest,
        "\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound), not \(Excerpt.quoting(text.utf8))."
      )
    }
    return number
  }
}
