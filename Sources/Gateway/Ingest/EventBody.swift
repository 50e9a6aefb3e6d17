import A2A
import HTTP
import Wire

/// What `POST /ingest/tasks/{id}/events` brings: events as they are journaled, and how the task stands after them.
struct EventBody: Sendable {
  static let eventLimit = 1000
  static let options = Router.Options(bodyLimit: 1 << 20)

  private(set) var events: [[UInt8]] = []
  /// Nil: as before.
  private(set) var state: TaskState?
  /// What lists show of them.
  private(set) var news: [TaskNews] = []

  enum Form: Sendable, CaseIterable {
    /// One event, on as many lines as it likes.
    case one
    /// An event on each line; lines with nothing on them are passed over.
    case lines
  }

  init(_ request: Request) async throws {
    let form = try Form(request.head.fields["content-type"])
    let asked = try Self.state(askedIn: request.head.target)
    try self.init(try await request.body.collect(), form, state: asked)
  }

  /// - Parameter asked: how the task stands afterwards, whatever the events say. They may say nothing, but they must not have ended the
  ///   task otherwise.
  init(_ body: consuming [UInt8], _ form: Form, state asked: TaskState? = nil) throws(Refusal) {
    switch form {
    case .one: try add(try IngestedEvent(body, line: nil), line: 1)
    case .lines: try read(lines: body)
    }
    guard !events.isEmpty else { throw .noEvents }
    guard let asked else { return }
    if let state, state.isTerminal, state != asked { throw .contradiction(told: state, asked: asked) }
    state = asked
  }

  private mutating func read(lines body: [UInt8]) throws(Refusal) {
    var (start, line) = (0, 1)
    while start < body.count {
      let end = body[start...].firstIndex(of: UInt8(ascii: "\n")) ?? body.count
      let text = body[start..<end]
      if !text.allSatisfy(IngestedEvent.isWhiteSpace) {
        guard events.count < Self.eventLimit else { throw .tooManyEvents(limit: Self.eventLimit) }
        try add(try IngestedEvent(Array(text), line: line), line: line)
      }
      (start, line) = (end + 1, line + 1)
    }
  }

  private mutating func add(_ event: IngestedEvent, line: Int) throws(Refusal) {
    if let state, state.isTerminal { throw .afterTheEnd(state, line: line) }
    events.append(event.payload)
    if let told = event.state { state = told }
    if let told = event.news { news.append(told) }
  }

  private static func state(askedIn target: RequestTarget) throws(Refusal) -> TaskState? {
    guard target.query != nil, let word = try QueryFields(target, known: ["state"])["state"] else { return nil }
    guard let state = TaskState(word: word), state != .submitted else { throw .badState(word) }
    return state
  }
}

extension EventBody.Form {
  init(_ mediaType: String?) throws(Refusal) {
    let type = (mediaType ?? "").prefix { $0 != ";" }.lowercased().split(separator: " ")
    switch type {
    case ["application/json"]: self = .one
    case ["application/x-ndjson"]: self = .lines
    default:
      throw Refusal(
        .unsupportedMediaType,
        "Events come as application/json, which is one, or application/x-ndjson, which is one on each line. Send one of "
          + "them as Content-Type.")
    }
  }
}
