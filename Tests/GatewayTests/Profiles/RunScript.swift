import A2A
import Foundation
import JSON
import Journal
import Testing

@testable import Gateway

/// The records of a task, made here as a run or a producer writes them, and numbered as a journal does.
struct RunScript {
  static let told = ToldTask(id: "t", agent: "checker")

  private(set) var records: [Record] = []

  mutating func add(_ entry: Entry) {
    let seq = Int64(records.count + 1)
    // Among others' records, a quarter of a second after the one before.
    records.append(
      Record(
        offset: 100 + 3 * seq, task: "t", seq: seq, time: 1_772_355_600_000 + 250 * seq, kind: entry.kind,
        origin: entry.origin, payload: entry.payload))
  }

  mutating func submit(_ text: String = "Look at it.") {
    add(RunRecords.said("submit", Message(id: "m1", role: .user, text: text, contextID: "c", taskID: "t"), by: "kim"))
  }

  mutating func open(_ text: String = "Look at it.") {
    submit(text)
    say(.task(AgentTask(id: "t", contextID: "c", status: TaskStatus(.submitted))), by: "gateway")
  }

  mutating func say(_ event: TaskEvent, by origin: String = "checker") {
    add(RunRecords.event(event, origin: origin))
  }

  mutating func status(_ state: TaskState, _ text: String? = nil, _ report: ProgressReport? = nil) {
    let message = text.map {
      Message(id: "s\(records.count + 1)", role: .agent, text: $0, contextID: "c", taskID: "t")
    }
    say(
      .status(
        .init(
          taskID: "t", contextID: "c", status: TaskStatus(state, message: message), metadata: report?.metadata())))
  }

  mutating func report(_ type: ProgressReport.Kind, _ change: (inout ProgressReport) -> Void = { _ in }) {
    var report = ProgressReport(type)
    change(&report)
    status(.working, report.message, report)
  }

  /// With metadata as an agent that knows nothing of the extension has them.
  mutating func foreign(_ metadata: String) throws {
    say(
      .status(
        .init(taskID: "t", contextID: "c", status: TaskStatus(.working), metadata: try JSONValue(parsing: metadata))))
  }

  mutating func artifact(_ artifact: Artifact, append: Bool = false, _ report: ProgressReport? = nil) {
    say(
      .artifact(
        .init(
          taskID: "t", contextID: "c", artifact: artifact, append: append, lastChunk: !append,
          metadata: report?.metadata())))
  }

  mutating func decide(_ decision: String) throws {
    artifact(Artifact(id: "decision", parts: [.data(try JSONValue(parsing: decision))], name: "Decision"))
  }

  mutating func put(_ kind: RecordKind, _ payload: String) {
    add(Entry(kind, origin: "gateway", payload: Array(payload.utf8)))
  }

  mutating func say(answer text: String) {
    let message = Message(id: "a", role: .user, text: text, contextID: "c", taskID: "t")
    add(RunRecords.said("send", message, by: "kim"))
  }

  /// The events of a page in `Tests/Web/records`.
  static func recorded(_ name: String) throws -> [Record] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Web/records").standardized
    let page = try JSONValue(parsing: Array(try Data(contentsOf: root.appending(path: "\(name).json"))))
    return try #require(page["events"]).elements.map { item in
      let kind = RecordKind.allCases.first { $0.name == item["kind"]?.string }
      return Record(
        offset: try #require(item["offset"]?.int), task: try #require(item["task"]?.string),
        seq: try #require(item["seq"]?.int),
        time: try #require(item["time"]?.string.flatMap(Timestamp.init)).millisecondsSince1970,
        kind: try #require(kind), origin: try #require(item["origin"]?.string),
        payload: Array(try #require(item["data"]).description.utf8))
    }
  }
}

extension Record {
  var entry: Entry { Entry(kind, origin: origin, payload: payload) }
}

extension ProfileEvent {
  var text: String { String(decoding: data, as: UTF8.self) }
  var json: JSONValue? { try? JSONValue(parsing: data) }

  /// What a table of the profile calls it.
  var word: String {
    if let name { return name }
    guard let json else { return "unreadable" }
    if let type = json["type"]?.string { return type }
    switch json["kind"]?.string {
    case "status-update": return "statusUpdate"
    case "artifact-update": return "artifactUpdate"
    case "task": return "task"
    default: break
    }
    return json["seq"] != nil ? "Record" : json.members.map(\.key).first ?? "empty"
  }
}
