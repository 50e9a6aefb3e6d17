/// What was journaled: never changed afterwards.
package struct Record: Sendable, Equatable {
  /// Its place in the whole journal. Increases; has holes where records were trimmed.
  package let offset: Int64
  package let task: String
  /// Its place in its task: 1, 2, 3, … without a hole.
  package let seq: Int64
  /// Milliseconds since 1970.
  package let time: Int64
  package let kind: RecordKind
  /// Who said it: an agent, a principal, the gateway.
  package let origin: String
  /// JSON.
  package let payload: [UInt8]

  package init(
    offset: Int64, task: String, seq: Int64, time: Int64, kind: RecordKind, origin: String, payload: [UInt8]
  ) {
    self.offset = offset
    self.task = task
    self.seq = seq
    self.time = time
    self.kind = kind
    self.origin = origin
    self.payload = payload
  }
}

/// What a record is. The numbers are those in the files: they are never given another meaning.
package enum RecordKind: Int64, Sendable, CaseIterable {
  /// An A2A `StreamResponse` as the agent sent it.
  case event = 1
  case command = 2
  case verdict = 3
  case question = 4
  case answer = 5
  /// Events were lost before they came here.
  case gap = 6
  /// An event that came after the end of its task, and changes nothing.
  case late = 7
  case note = 8

  /// As the envelope names it. A switch, because what Swift says of a case by itself it looks up anew each time.
  package var name: String {
    switch self {
    case .event: "event"
    case .command: "command"
    case .verdict: "verdict"
    case .question: "question"
    case .answer: "answer"
    case .gap: "gap"
    case .late: "late"
    case .note: "note"
    }
  }
}
