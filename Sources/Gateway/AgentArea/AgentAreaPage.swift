import HTTP

/// Which of a task's events are asked for: `page` from 1, `page_size` up to 100, and perhaps of one type only.
struct AgentAreaPage: Equatable {
  static let largestSize: Int64 = 100

  let page: Int
  let size: Int
  let type: String?

  init(_ target: RequestTarget) throws(Refusal) {
    let fields = try QueryFields(target, known: ["page", "page_size", "event_type"])
    page = Int(try fields.number("page", in: 1...1_000_000) ?? 1)
    size = Int(try fields.number("page_size", in: 1...Self.largestSize) ?? 20)
    type = try fields.text("event_type")
  }

  /// What is on the page, of all that there are.
  func choose<Event>(from all: [Event]) -> (events: ArraySlice<Event>, hasNext: Bool) {
    let first = min((page - 1) * size, all.count)
    let end = min(first + size, all.count)
    return (all[first..<end], end < all.count)
  }
}
