import HTTP
import Journal

/// What `GET /api/tasks/{id}/events` is asked.
struct TaskEventsQuery: Sendable, Equatable {
  static let defaultLimit = 100
  static let highestLimit: Int64 = 1000
  /// Records that are looked at for one page of chosen kinds, so that rare ones do not make it a walk through the whole history.
  private static let window = 2000
  /// Payload bytes of one page; a record beyond it comes alone.
  private static let bytes = 4 << 20

  let start: StreamStart
  let limit: Int
  let profile: Profile
  private let kinds: Set<String>?

  init(_ target: RequestTarget) throws(Refusal) {
    let fields = try QueryFields(target, known: ["after", "limit", "kind", "profile"])
    if let after = fields["after"] { start = try StreamStart(after) } else { start = .unsaid }
    limit = Int(try fields.number("limit", in: 1...Self.highestLimit) ?? Int64(Self.defaultLimit))
    kinds = try fields.words("kind", of: RecordKind.allCases.map(\.name))
    profile = try Profile(askedWith: [fields["profile"]].compactMap(\.self))
    guard kinds == nil || profile == .native else {
      throw .badQuery("kind picks records, and a profile tells events. Leave one of them out.")
    }
  }

  var readLimit: ReadLimit { ReadLimit(records: kinds == nil ? limit : Self.window, bytes: Self.bytes) }

  /// The records of that page that were asked for. Where more were found than are wanted, the next page begins behind the last of these.
  func choose(_ page: Page) -> Page {
    guard let kinds else { return page }
    let found = page.records.filter { kinds.contains($0.kind.name) }
    guard found.count > limit else {
      return Page(records: found, through: page.through, isComplete: page.isComplete)
    }
    let chosen = Array(found.prefix(limit))
    return Page(records: chosen, through: chosen.last?.offset ?? page.through, isComplete: false)
  }
}
