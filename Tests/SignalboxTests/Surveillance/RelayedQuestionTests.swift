import A2A
import A2AWire
import AgentKit
import Foundation
import JSON
import Telemetry
import TestSupport
import Testing

@testable import signalbox

/// What a specialist asks, asked in the task of whoever called it.
@Suite(.timeLimit(.minutes(1)))
struct RelayedQuestionTests {
  private static let now = Timestamp(millisecondsSince1970: 1_790_000_000_000)
  private static let call = CallContext(
    caller: .anonymous, dialect: Dialect(.jsonRPC, .v1), extensions: [], requestID: "test")

  /// A specialist's task that asks, for so many milliseconds.
  private static func asking(_ time: Int64?, allowsDecline: Bool = true) -> AgentTask {
    let question = Question(
      id: "question-7", prompt: "Was it cleared?", why: "The register is silent.",
      fields: [QuestionField("answer", "Answer", .choice([.init("yes"), .init("no")]))],
      deadline: time.map { Timestamp(millisecondsSince1970: now.millisecondsSince1970 + $0) },
      onExpiry: "It goes to a person.", allowsDecline: allowsDecline)
    var message = Message(id: "m", role: .agent, text: question.text)
    message.metadata = question.metadata()
    return AgentTask(
      id: "part-1", contextID: "c", status: TaskStatus(.inputRequired, message: message, timestamp: now))
  }

  /// A clock that stands, on which what is due within a second is due at once.
  private static let world = AgentWorld(
    now: { now }, uptime: { .zero },
    sleep: { try await Task.sleep(for: $0 < .seconds(1) ? .zero : .seconds(3600)) }, newID: { UUID().uuidString })

  private struct Relaying: Agent {
    let task: AgentTask
    let limit: Duration
    let answers: Kept<[Message]>
    let profile = AgentProfile(
      name: "relaying", description: "Asks on.", version: "1",
      skills: [AgentSkill(id: "ask", name: "Ask", description: "Asks.", tags: ["test"])])

    func run(_ context: TaskContext) async throws -> AgentMessage? {
      answers.set([try await RelayedQuestion(context, task, within: limit).ask()])
      return "asked"
    }
  }

  private static func store(
    _ task: AgentTask, _ answers: Kept<[Message]> = Kept([]), within limit: Duration = .seconds(9_000)
  ) -> TaskStore {
    TaskStore(
      agent: Relaying(task: task, limit: limit, answers: answers), world: world,
      log: Log(sink: DiscardSink(), clock: { 0 }))
  }

  private static func send(_ message: Message, _ store: TaskStore) async throws -> AgentTask {
    guard case .task(let task) = try await store.send(SendMessageRequest(message: message), call) else {
      throw A2AError(.internalError, "A message came instead of a task.")
    }
    return task
  }

  private static let begin = Message(id: "begin", role: .user, text: "go")

  @Test(arguments: [(300_000, 298_000), (8_000, 6_000), (4_000, 3_000), (1_333, 1_000)] as [(Int64, Int64)])
  func `it is open a little shorter than the specialist waits`(whole: Int64, ours: Int64) async throws {
    let task = try await Self.send(Self.begin, Self.store(Self.asking(whole)))
    let question = try #require(Question(metadata: task.status.message?.metadata))
    let open = try #require(question.deadline).millisecondsSince1970 - Self.now.millisecondsSince1970
    #expect(abs(open - ours) <= 1, "\(open)")
  }

  @Test func `it is open as long as the task says, where the specialist waits longer`() async throws {
    let whole = RelayedQuestion.time(beyond: .seconds(5))
    #expect(whole == .seconds(65) && RelayedQuestion.time(beyond: .seconds(86_399)) == .seconds(86_400))
    for time in [Int64(65_000), nil] {
      let task = try await Self.send(Self.begin, Self.store(Self.asking(time), within: .seconds(5)))
      let deadline = try #require(Question(metadata: task.status.message?.metadata)?.deadline)
      #expect(deadline.millisecondsSince1970 - Self.now.millisecondsSince1970 == 5_000)
    }
  }

  @Test func `it has the same words and the same form`() async throws {
    let task = try await Self.send(Self.begin, Self.store(Self.asking(300_000)))
    let question = try #require(Question(metadata: task.status.message?.metadata))
    #expect(question.prompt == "Was it cleared?" && question.why == "The register is silent.")
    #expect(question.fields == Question(metadata: Self.asking(1).status.message?.metadata)?.fields)
    #expect(question.onExpiry == "It goes to a person." && question.allowsDecline)
  }

  @Test func `the answer goes to the specialist's question, with the name of who gave it`() async throws {
    let answers = Kept<[Message]>([])
    let store = Self.store(Self.asking(300_000), answers)
    let task = try await Self.send(Self.begin, store)
    let question = try #require(Question(metadata: task.status.message?.metadata))
    var said = Message(id: "said", role: .user, text: "yes", taskID: task.id)
    said.metadata = Answer(questionID: question.id, .values(["answer": .text("yes")]), by: "ada").metadata()
    #expect(try await Self.send(said, store).status.state == .completed)
    let message = try #require(answers.value.first)
    let asked = try #require(Question(metadata: Self.asking(1).status.message?.metadata))
    let answer = try Answer(reading: message, to: asked)
    #expect(answer == Answer(questionID: "question-7", .values(["answer": .text("yes")]), by: "ada"))
    #expect(message.taskID == "part-1" && message.role == .user)
  }

  @Test func `nobody's answer is passed on as one that was declined`() async throws {
    let answers = Kept<[Message]>([])
    #expect(try await Self.send(Self.begin, Self.store(Self.asking(1_000), answers)).status.state == .inputRequired)
    #expect(await eventually { !answers.value.isEmpty })
    let message = try #require(answers.value.first)
    let asked = try #require(Question(metadata: Self.asking(1).status.message?.metadata))
    #expect(try Answer(reading: message, to: asked) == Answer(questionID: "question-7", .declined))
  }

  @Test func `one that must be answered fails without an answer`() async throws {
    let store = Self.store(Self.asking(1_000, allowsDecline: false))
    let task = try await Self.send(Self.begin, store)
    #expect(
      await eventually { (try? await store.task(GetTaskRequest(id: task.id), Self.call).status.state) == .failed })
  }
}
