import A2A
import Foundation
import JSON
import Journal
import Testing

@testable import Gateway

/// What a page makes of records that it has heard, the gateway tells of them to a page that comes later: both are held against the same file,
/// Tests/Web/records/outlines.ndjson, this one for what is written and Tests/Web/outline.test.mjs for what it comes to.
@Suite struct RecordedOutlineTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
    path: "../../Web/records")
  private static let names = [
    "answered", "broken", "cancelled", "insider-trading", "lost-specialist", "paused", "tools",
  ]

  @Test func `documents of recorded tasks, from moment to moment, are those that the pages are tested with`() throws {
    let known = try String(contentsOf: Self.folder.appending(path: "outlines.ndjson"), encoding: .utf8)
      .split(separator: "\n").map(String.init)
    let made = try Self.names.flatMap(Self.lines)
    #expect(made.count == known.count)
    let difference = zip(made, known).first { $0 != $1 }
    #expect(difference?.0 == difference?.1)
  }

  private static func lines(_ name: String) throws -> [String] {
    let file = try Data(contentsOf: folder.appending(path: "\(name).json"))
    let records = try JSONValue(parsing: Array(file))["events"].map { Array($0.elements) } ?? []
    var outline = TaskOutline()
    var state = TaskState.submitted
    var lines: [String] = []
    for (index, record) in records.enumerated() {
      if let data = record["data"], record["kind"]?.string == "event", !state.isTerminal {
        let news = TaskNews(data)
        // A run has the event, a producer's is read from what it sent.
        if let event = try? TaskEvent(reading: data) {
          var other = outline
          if let read = TaskNews(event) { other.take(read) }
          if let news { outline.take(news) }
          #expect(other == outline, "\(name) \(index + 1)")
        } else if let news {
          outline.take(news)
        }
        state = news?.state ?? state
      }
      if record["data"]?["note"]?.string == "handed-over" { outline.wasHandedOver() }
      if index % 3 == 0 || index == records.count - 1 { lines.append(line(name, index + 1, outline, state)) }
    }
    return lines
  }

  private static func line(_ name: String, _ count: Int, _ outline: TaskOutline, _ state: TaskState) -> String {
    let task = StoredTask(
      id: "t", opening: TaskOpening(owner: "kim", tenant: nil, agent: "a"), state: state.word,
      isFinal: state.isTerminal, opened: 0, updated: 0, firstOffset: 1, lastOffset: 1, lastSeq: 1, snapshot: nil,
      outline: outline.memo.body)
    var writer = JSONWriter()
    writer.object { object in
      object.member("records", name)
      object.member("through", count)
      object.member("state", state.word)
      object.member("final", state.isTerminal)
      TaskOutline(task.outline).write(of: task, into: &object)
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
