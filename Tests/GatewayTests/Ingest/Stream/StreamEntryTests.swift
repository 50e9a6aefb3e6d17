import A2A
import HTTP
import Journal
import Testing

@testable import Gateway

/// What an entry may say.
@Suite struct StreamEntryTests {
  private static let stamp = [("producer", "p"), ("epoch", "1"), ("seq", "2")]

  private func content(_ fields: [(String, String)]) -> StreamEntry.Content {
    StreamEntry(RawStreamEntry(id: "1-0", fields)).content
  }

  @Test func `a task is opened, published to, or both`() throws {
    guard case .good(let opening) = content([("task", "t"), ("agent", "import"), ("title", "T"), ("owner", "kim")])
    else {
      throw Unexpected()
    }
    #expect(opening.opening?.agent == "import" && opening.opening?.title == "T" && opening.opening?.owner == "kim")
    #expect(opening.event == nil && opening.opening?.id == "t")
    let first = [("task", "t"), ("agent", "a"), ("producer", "p"), ("epoch", "0"), ("seq", "1"), ("event", "{}")]
    guard case .good(let both) = content(first) else { throw Unexpected() }
    #expect(both.opening?.agent == "a" && both.event?.stamp.seq == 1)
    // The agent may be named each time, and counts with the first.
    guard case .good(let later) = content([("task", "t"), ("agent", "a"), ("event", "{}")] + Self.stamp) else {
      throw Unexpected()
    }
    #expect(later.opening == nil && later.event?.stamp.seq == 2 && later.event?.state == nil)
    guard case .good(let end) = content([("task", "t"), ("event", "{}"), ("state", "failed")] + Self.stamp) else {
      throw Unexpected()
    }
    #expect(end.event?.state == .failed)
  }

  private struct Unexpected: Error {}

  @Test(
    arguments: [
      ([("task", "t")], "bad-entry", "neither an \"event\" nor an \"agent\""),
      ([("agent", "a")], "bad-entry", "no \"task\""),
      ([("task", "/t"), ("agent", "a")], "bad-task", "\"task\" must be"),
      ([("task", "t"), ("title", "T")], "bad-entry", "\"title\" says how a task is opened"),
      ([("task", "t"), ("agent", "a"), ("agent", "b")], "bad-entry", "twice"),
      ([("task", "t"), ("agent", "a"), ("colour", "red")], "bad-entry", "\"colour\" is not known"),
      ([("task", "t"), ("agent", "a b")], "bad-task", "\"agent\" must be"),
      ([("task", "t"), ("agent", "a"), ("seq", "1")], "bad-entry", "\"seq\" is about an \"event\""),
      ([("task", "t"), ("event", "{}")], "bad-producer", "no \"producer\""),
      ([("task", "t"), ("event", "{}"), ("producer", "p"), ("epoch", "1")], "bad-producer", "no \"seq\""),
      (
        [("task", "t"), ("event", "{}"), ("producer", "p"), ("epoch", "1"), ("seq", "0")], "bad-producer",
        "Producer-Seq"
      ),
      ([("task", "t"), ("event", "no")] + stamp, "bad-event", "no JSON"),
      ([("task", "t"), ("event", "[]")] + stamp, "bad-event", "no JSON object"),
      ([("task", "t"), ("event", "{\"a\":1,\"a\":2}")] + stamp, "bad-event", ""),
      ([("task", "t"), ("event", "{}"), ("state", "submitted")] + stamp, "bad-state", "cannot be left"),
      (
        [
          ("task", "t"), ("event", #"{"statusUpdate":{"status":{"state":"TASK_STATE_FAILED"}}}"#),
          ("state", "completed"),
        ]
          + stamp, "bad-state", "The events end the task as failed"
      ),
    ] as [([(String, String)], String, String)])
  func `what is wrong with an entry is said`(_ fields: [(String, String)], _ code: String, _ words: String) {
    guard case .bad(let refusal, _) = content(fields) else {
      Issue.record("It was taken.")
      return
    }
    #expect(
      refusal.code == code && (words.isEmpty || refusal.detail.contains(words)),
      "\(refusal.code ?? "") \(refusal.detail)")
  }

  @Test func `a bad event has its place all the same, and a bad place none`() {
    #expect(StreamPageTests.event("1", 7, event: "no").place?.stamp.seq == 7)
    #expect(StreamEntry(RawStreamEntry(id: "1", [("task", "t"), ("event", "{}")])).place == nil)
    #expect(StreamPageTests.event("1", of: "//", 7, event: "no").place == nil)
  }
}
