import A2A
import HTTP
import Journal

// What is wrong with what a producer sends.
extension Refusal {
  static func badTask(_ detail: String) -> Refusal { Refusal(.badRequest, detail, code: "bad-task") }
  static func badProducer(_ detail: String) -> Refusal { Refusal(.badRequest, detail, code: "bad-producer") }

  static func badEvent(_ fault: String, line: Int?) -> Refusal {
    Refusal(.badRequest, "\(subject(line)) \(fault). Nothing was stored; send a JSON object.", code: "bad-event")
  }

  static let noEvents = Refusal(
    .badRequest, "The body has no event. Send a JSON object, or one on each line.", code: "bad-event")

  static func badState(_ word: String) -> Refusal {
    let words = TaskState.words.filter { $0 != TaskState.submitted.word }.joined(separator: ", ")
    return Refusal(
      .badRequest, "A task cannot be left as \(Excerpt.quoting(word.utf8)). The state is one of \(words).",
      code: "bad-state")
  }

  static func contradiction(told: TaskState, asked: TaskState) -> Refusal {
    Refusal(
      .badRequest,
      "The events end the task as \(told.word), and the query says \(asked.word). Leave the query out, or make it agree.",
      code: "bad-state")
  }

  static func eventTooLarge(limit: Int, line: Int?) -> Refusal {
    Refusal(
      .contentTooLarge,
      "\(subject(line)) is larger than \(limit) bytes, the most that an event may have. Nothing was stored.",
      code: "event-too-large")
  }

  static func tooManyEvents(limit: Int) -> Refusal {
    Refusal(
      .contentTooLarge, "The body has more than \(limit) events. Nothing was stored; send them in several requests.",
      code: "too-many-events")
  }

  static func afterTheEnd(_ state: TaskState, line: Int) -> Refusal {
    Refusal(
      .conflict,
      "The event on line \(line) comes after one that ends the task as \(state.word). Nothing was stored; end a task with "
        + "its last event.", code: "task-ended")
  }

  private static func subject(_ line: Int?) -> String { line.map { "The event on line \($0)" } ?? "The event" }
}

// What the journal says to it.
extension Refusal {
  static let keyTaken = Refusal(
    .conflict, "A task was opened for this owner with this key that you may not publish to. Send another key.",
    code: "key-taken")

  static let runHere = Refusal(
    .conflict,
    "An agent works on this task, and the gateway tells what it does. Publish to a task that you have opened.",
    code: "run-here")

  static func producerOverlap(expected: Int64) -> Refusal {
    Refusal(
      .conflict,
      "Some of these events were stored before, and not all. Send those from Producer-Seq \(expected) on.",
      code: "producer-overlap", fields: HTTPFields([("producer-expected", "\(expected)")]))
  }

  init(_ reason: Appended.Reason) {
    switch reason {
    case .noSuchTask: self = .noSuchTask
    case .taskExists:
      self.init(
        .conflict, "There is a task with this id already. Send another, or none: the gateway then finds one.",
        code: "task-exists")
    case .taskEnded:
      self.init(
        .conflict, "The task has ended, so it takes no more events. Open another task.", code: "task-ended")
    case .fenced: self = .runMoving
    case .producerGap(let expected):
      self.init(
        .conflict,
        "Events of this producer are missing before these. Nothing was stored; go on from Producer-Seq \(expected).",
        code: "producer-gap", fields: HTTPFields([("producer-expected", "\(expected)")]))
    case .producerFenced(let epoch):
      self.init(
        .forbidden,
        "Another has taken this producer's place, with the epoch \(epoch). Stop; or take its place in turn with a higher "
          + "Producer-Epoch, which begins at Producer-Seq 1.", code: "producer-fenced",
        fields: HTTPFields([("producer-epoch", "\(epoch)")]))
    }
  }
}
