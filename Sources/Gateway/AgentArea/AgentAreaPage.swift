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

  /// What is on the page, of all that there are: they are counted, and only these are kept.
  struct Found {
    private let asked: AgentAreaPage
    private let places: Range<Int>
    private(set) var events: [ProfileEvent] = []
    private(set) var total = 0

    init(_ asked: AgentAreaPage) {
      self.asked = asked
      let first = (asked.page - 1) * asked.size
      places = first..<first + asked.size
    }

    mutating func take(_ event: ProfileEvent) {
      guard asked.type == nil || event.name == asked.type else { return }
      if places.contains(total) { events.append(event) }
      total += 1
    }

    var hasNext: Bool { total > places.upperBound }
  }
}
