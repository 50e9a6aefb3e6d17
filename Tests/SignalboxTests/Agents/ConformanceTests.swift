import A2A
import A2AWire
import AgentKit
import Foundation
import JSON
import Synchronization
import Telemetry
import Testing

@testable import signalbox

/// The conformance agent by the ids of messages, without sockets.
@Suite(.timeLimit(.minutes(2)))
struct ConformanceTests {
  private static let call = CallContext(
    caller: .anonymous, dialect: Dialect(.jsonRPC, .v1), extensions: [], requestID: "test")

  private let service: ConformanceService

  init() {
    let log = Log(sink: DiscardSink(), clock: { 0 })
    service = ConformanceService(store: TaskStore(agent: ConformanceAgent(), log: log))
  }

  private func request(_ id: String, to task: AgentTask? = nil) -> SendMessageRequest {
    SendMessageRequest(message: Message(id: id, role: .user, text: "x", taskID: task?.id))
  }

  private func send(_ id: String, to task: AgentTask? = nil) async throws -> AgentTask {
    guard case .task(let task) = try await service.send(request(id + "-0a1b2c3d", to: task), Self.call) else {
      throw A2AError(.internalError, "A message came instead of a task.")
    }
    return task
  }

  private func stream(_ id: String) async throws -> [TaskEvent] {
    let feed = try await service.stream(request(id + "-0a1b2c3d"), Self.call)
    var events: [TaskEvent] = []
    while let event = try await feed.next() { events.append(event) }
    return events
  }

  @Test func `the kit's plain ids complete, ask, reject and answer as it expects`() async throws {
    let completed = try await send("tck-complete-task")
    #expect(completed.status.state == .completed)
    #expect(completed.status.message?.text == "Hello from TCK")
    #expect(try await send("tck-reject-task").status.state == .rejected)
    #expect(try await send("anything").status.state == .completed)
    guard case .message(let message) = try await service.send(request("tck-message-response-1"), Self.call) else {
      throw A2AError(.internalError, "A task came instead of a message.")
    }
    #expect(message.text == "Direct message response")

    let asking = try await send("tck-input-required")
    #expect(asking.status.state == .inputRequired)
    #expect(try await send("tck-input-required", to: asking).status.state == .inputRequired)
    let done = try await send("tck-complete-task", to: asking)
    #expect(done.status.state == .completed && done.id == asking.id)
    #expect(done.history?.filter { $0.role == .user }.count == 3)
    let other = try await send("tck-message-response", to: try await send("tck-input-required"))
    #expect(other.status.message?.text == "Direct message response")
  }

  @Test(arguments: [
    ("tck-artifact-text", Part.text("Generated text content")),
    ("tck-artifact-file", Part(.raw(Array("tck".utf8)), filename: "output.txt", mediaType: "text/plain")),
    (
      "tck-artifact-file-url",
      Part(.url("https://example.com/output.txt"), filename: "output.txt", mediaType: "text/plain")
    ),
  ])
  func `the kit's artifacts are those it expects`(id: String, part: Part) async throws {
    let task = try await send(id)
    #expect(task.status.state == .completed)
    #expect(task.artifacts?.map(\.parts) == [[part]])
  }

  @Test func `the kit's JSON artifact is the one it expects`() async throws {
    let part = try #require(try await send("tck-artifact-data").artifacts?.first?.parts.first)
    guard case .data(let value) = part.content else { throw A2AError(.internalError, "No data came.") }
    #expect(value.description == #"{"key":"value","count":42}"#)
  }

  @Test(arguments: [
    ("tck-stream-001", "Stream hello from TCK"), ("tck-stream-003", "Stream task lifecycle"),
    ("tck-stream-ordering-001", "Ordered output"), ("tck-stream-artifact-text", "Streamed text content"),
  ])
  func `the kit's streams work, send an artifact and complete`(id: String, text: String) async throws {
    let events = try await stream(id)
    #expect(events.map(\.state) == [.submitted, .working, nil, .completed])
    guard case .artifact(let update) = events[2] else { throw A2AError(.internalError, "No artifact came.") }
    #expect(update.artifact.parts == [.text(text)])
  }

  @Test func `the kit's other streams have what it expects`() async throws {
    #expect(try await stream("tck-stream-002").map(\.state) == [.submitted, .completed])
    #expect(try await stream("tck-stream-artifact-file").map(\.state) == [.submitted, .working, nil, .completed])
    let chunks = try await stream("tck-stream-artifact-chunked").compactMap { event -> String? in
      guard case .artifact(let update) = event, case .text(let text) = update.artifact.parts[0].content else {
        return nil
      }
      return "\(text)|\(update.append)|\(update.lastChunk)"
    }
    #expect(chunks == ["chunk-1 |false|false", "chunk-2|true|true"])
  }

  @Test func `scripted progress has steps, tools that do not mix, a failed one, and an artifact in pieces`()
    async throws
  {
    let events = try await stream("test-progress")
    let reports = events.compactMap { event in
      if case .status(let update) = event { ProgressReport(metadata: update.metadata) } else { nil }
    }
    #expect(reports.prefix(3).map(\.step) == [1, 2, 3])
    for id in ["call-1", "call-2"] {
      let kinds = reports.filter { $0.callID?.hasSuffix("-\(id)") == true }.map(\.type)
      #expect(kinds == [.toolStarted, .toolProgress, .toolProgress, .toolProgress, .toolCompleted])
    }
    #expect(reports.last?.type == .toolFailed && reports.last?.error == "The oracle is silent.")
    #expect(events.last?.state == .completed)
  }

  @Test func `the question has a form, and completes with its answer`() async throws {
    let asking = try await send("test-question")
    let question = try #require(Question(metadata: asking.status.message?.metadata))
    #expect(question.fields.map(\.name) == ["cleared", "note"])
    #expect(question.deadline != nil)
    var answer = request("answer", to: asking)
    answer.message.metadata = Answer(questionID: question.id, .values(["cleared": .text("yes")])).metadata()
    guard case .task(let done) = try await service.send(answer, Self.call) else {
      throw A2AError(.internalError, "A message came instead of a task.")
    }
    #expect(done.status.message?.text == "Answered: yes")
  }

  @Test func `failures fail, with a sentence or without anything of the inside`() async throws {
    let failed = try await send("test-fail")
    #expect(failed.status.state == .failed)
    #expect(failed.status.message?.text == "The market data of 2026-03-01 is missing.")
    let crashed = try await send("test-crash")
    #expect(crashed.status.state == .failed)
    #expect(crashed.status.message?.text.contains("must not be seen") == false)
  }

  @Test func `the endless one goes on until it is cancelled`() async throws {
    let feed = try await service.stream(request("test-endless"), Self.call)
    guard case .task(let task)? = try await feed.next() else { throw A2AError(.internalError, "No task came.") }
    for _ in 0..<3 { _ = try await feed.next() }
    #expect(try await service.cancel(CancelTaskRequest(id: task.id), Self.call).status.state == .canceled)
  }

  @Test func `the refusing one says why it cannot be cancelled`() async throws {
    let feed = try await service.stream(request("test-refuse-cancel"), Self.call)
    guard case .task(let task)? = try await feed.next() else { throw A2AError(.internalError, "No task came.") }
    _ = try await feed.next()
    // The refusal begins behind the first report.
    var code: A2AError.Code?
    while code == nil {
      do throws(A2AError) {
        let now = try await service.task(GetTaskRequest(id: task.id), Self.call)
        if now.history?.isEmpty == false, now.status.message?.text == "Writing." {
          _ = try await service.cancel(CancelTaskRequest(id: task.id), Self.call)
          break
        }
      } catch {
        code = error.code
      }
    }
    #expect(code == .taskNotCancelable)
  }

  @Test func `the cut stream breaks off behind three events, and the task completes all the same`() async throws {
    let feed = try await service.stream(request("test-cut"), Self.call)
    guard case .task(let task)? = try await feed.next() else { throw A2AError(.internalError, "No task came.") }
    for _ in 0..<2 { #expect(try await feed.next() != nil) }
    await #expect(throws: TaskFeedEnd.cut) { _ = try await feed.next() }
    let rest = try await service.subscribe(SubscribeToTaskRequest(id: task.id), Self.call)
    var last: TaskEvent?
    while let event = try await rest.next() { last = event }
    #expect(last?.state == .completed)
  }

  @Test func `the flood has ten thousand events`() async throws {
    #expect(try await stream("test-flood").count == 10_002)
  }

  @Test func `no id hides another, and the documentation has each of them`() throws {
    let prefixes = ConformanceBehaviour.all.map(\.prefix)
    #expect(Set(prefixes).count == prefixes.count)
    for behaviour in ConformanceBehaviour.all {
      #expect(ConformanceBehaviour.of(behaviour.prefix + "-1").prefix == behaviour.prefix)
    }
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/../../../docs/agents.md"
    let text = String(decoding: try #require(FileManager.default.contents(atPath: file)), as: UTF8.self)
    for behaviour in ConformanceBehaviour.all {
      #expect(text.contains("| `\(behaviour.prefix)` | \(behaviour.meaning) |"), "\(behaviour.prefix)")
    }
  }

  @Test func `the documentation shows the example as it is`() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/../../.."
    func text(_ path: String) throws -> String {
      String(decoding: try #require(FileManager.default.contents(atPath: "\(root)/\(path)")), as: UTF8.self)
    }
    #expect(try text("docs/agents.md").contains("```swift\n\(try text("examples/hello-agent/HelloAgent.swift"))```"))
  }

  @Test func `without a capability the card does not have it`() {
    let log = Log(sink: DiscardSink(), clock: { 0 })
    let card = TaskStore(agent: ConformanceAgent(without: [.streaming, .extendedCard]), log: log).card
    #expect(card.capabilities.streaming == false && card.capabilities.extendedAgentCard == false)
    #expect(service.card.capabilities.streaming == true && service.card.capabilities.extendedAgentCard == true)
  }
}
