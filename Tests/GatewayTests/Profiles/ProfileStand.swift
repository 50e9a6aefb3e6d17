import A2A
import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// A gateway whose journal has a run in it, and clients that watch it in a profile, over TLS.
struct ProfileStand: Sendable {
  let stand: RecordStand

  static func run(
    configure: (inout GatewayConfiguration) throws -> Void = { _ in }, _ body: (ProfileStand) async throws -> Void
  ) async throws {
    try await RecordStand.run(configure: configure) { stand async throws in
      try await body(ProfileStand(stand: stand))
    }
  }

  /// Journals what a script has, from one of its records on; the first one opens the task.
  @discardableResult
  func put(_ script: RunScript, from start: Int = 0, final: TaskState? = nil) async throws -> [Record] {
    var stored: [Record] = []
    for (index, record) in script.records.enumerated().dropFirst(start) {
      let isLast = index == script.records.count - 1
      stored += try await stand.append(
        Batch(
          task: "t", entries: [Entry(record.kind, origin: record.origin, payload: record.payload)],
          opening: index == 0
            ? TaskOpening(owner: "oscar", tenant: TestPeople.oscar.tenant, agent: "checker", title: "T") : nil,
          change: isLast && final != nil
            ? TaskChange(state: final?.word ?? "", isFinal: true, snapshot: Self.image(of: script).encoded)
            : TaskChange(state: "working")))
    }
    return stored
  }

  /// As a run keeps it with its last record.
  private static func image(of script: RunScript) -> TaskImage {
    var image = TaskImage(task: AgentTask(id: "t", contextID: nil, status: TaskStatus(.submitted)))
    for (index, record) in script.records.enumerated() {
      image.take(record.kind, record.payload, seq: Int64(index + 1))
    }
    return image
  }

  func watch(_ profile: String, after cursor: String? = nil, query: String = "") async throws -> ProfileReader {
    ProfileReader(try await stand.watch("/t?profile=\(profile)\(query)", after: cursor))
  }

  func page(_ query: String) async throws -> TestSupport.Answer {
    let token = try TestTokens.token(for: "oscar")
    return try #require(
      try await stand.gateway.ask("GET", "/api/tasks/t/events?\(query)", ["Authorization: Bearer \(token)"]))
  }
}

/// What a client of a profile has heard.
struct ProfileReader: Sendable {
  let reader: RecordReader

  init(_ reader: RecordReader) {
    self.reader = reader
  }

  /// The words of the stream itself left out.
  var told: [ReceivedEvent] {
    reader.events.filter { !["grant", "resume", "bye", "connected", "heartbeat"].contains($0.type) }
  }

  var types: [String] { reader.events.map(\.type) }
  var texts: [String] { told.map { String(decoding: $0.data, as: UTF8.self) } }

  func read(_ count: Int) async -> Bool { await reader.read(events: count) }

  /// To its end; gives the reason that was said for it.
  func finish() async -> String? { await reader.finish() }
}

extension RecordReader {
  /// Reads until so many events have come, the stream's own included.
  func read(events count: Int) async -> Bool {
    await read { _ in self.events.count >= count }
  }
}
