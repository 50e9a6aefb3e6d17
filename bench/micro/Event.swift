/// A progress event of the usual size and shape.
struct Event: Codable, Equatable {
  let offset: Int
  let task: String
  let seq: Int
  let time: String
  let kind: String
  let origin: String
  let progress: Progress

  struct Progress: Codable, Equatable {
    let type: String
    let tool: String
    let callId: String
    let step: Int
    let total: Int
    let message: String
    let durationMs: Double
  }

  static let sample = Event(
    offset: 48_213, task: "0197f3a2-6c1e-7b44-9d0e-5a1c2b3d4e5f", seq: 42, time: "2026-11-21T07:45:12.123Z",
    kind: "event", origin: "orchestrator",
    progress: Progress(
      type: "tool_completed", tool: "order_book_lookup", callId: "call-7f3a", step: 3, total: 8,
      message: "Read 1,204 orders of 4 accounts", durationMs: 182.5))
}

/// What a router needs of the event: its envelope, without the payload.
struct Envelope: Codable, Equatable {
  let offset: Int
  let task: String
  let seq: Int
  let time: String
  let kind: String
  let origin: String
}
