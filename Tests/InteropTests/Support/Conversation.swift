import A2A
import A2AWire
import HTTP
import TestSupport
import Testing
import Wire

/// A client of ours that speaks one dialect with the SDK's agent.
struct Conversation {
  let client: AgentClient
  let dialect: Dialect

  /// With the agent that the suite shares, or with another.
  static func run<Value>(
    _ dialect: Dialect, with agent: SDKAgent? = nil, showing certificate: TestCertificates.Client? = .good,
    _ body: (Conversation) async throws -> Value
  ) async throws -> Value {
    let port = try #require(agent ?? SDKAgent.shared).port
    let loop = try await Loop.start(name: "client")
    do {
      let configuration = ClientConfiguration(tls: try Certificates.tls(showing: certificate))
      var options = AgentClientOptions()
      options.interfaces.dialects = [dialect]
      options.deadlines = patient
      let client = try AgentClient(
        at: try ServiceURL(parsing: "https://127.0.0.1:\(port)/"),
        over: try HTTPClient(loop: loop, configuration: configuration), options: options)
      let value = try await body(Conversation(client: client, dialect: dialect))
      await loop.stop()
      return value
    } catch {
      await loop.stop()
      throw error
    }
  }

  /// Deadlines that no test means to reach: machines are busy.
  private static let patient: AgentDeadlines = {
    var deadlines = AgentDeadlines()
    deadlines.connect = .seconds(120)
    deadlines.firstByte = .seconds(120)
    deadlines.silence = .seconds(120)
    deadlines.total = .seconds(120)
    deadlines.closing = .seconds(120)
    return deadlines
  }()

  /// A message whose id tells the agent what to do.
  func request(_ behaviour: String, _ text: String = "Please.", task: AgentTask? = nil) -> SendMessageRequest {
    let id = "\(behaviour)-\(UInt64.random(in: .min ... .max))"
    return SendMessageRequest(
      message: Message(id: id, role: .user, text: text, contextID: task?.contextID, taskID: task?.id))
  }

  /// Sends, and demands a task in this state.
  func task(_ request: SendMessageRequest, _ state: TaskState) async throws -> AgentTask {
    let result = try await client.send(request)
    guard case .task(let task) = result else { throw UnexpectedAnswer(text: "\(result)") }
    try #require(task.status.state == state)
    return task
  }

  /// The task that a stream begins with.
  func task(beginning stream: TaskEventStream) async throws -> AgentTask {
    let event = try await stream.next()
    guard case .task(let task) = event else { throw UnexpectedAnswer(text: "\(event, default: "the end")") }
    return task
  }

  /// What the agent refuses with.
  func refusal(_ call: () async throws -> Void) async throws -> A2AError.Code {
    do {
      try await call()
    } catch let error as AgentCallError {
      guard case .refused(let refusal, _) = error.reason else { throw error }
      return refusal.code
    }
    throw UnexpectedAnswer(text: "It is not refused.")
  }
}

struct UnexpectedAnswer: Error {
  let text: String
}
