import A2A
import HTTP
import Identity
import JSON
import Journal
import Wire

/// `POST /chat`: says something to the agent for conversations, and answers with the stream of what it thinks, does and says.
///
/// The work is a task like any other: whoever goes away leaves it at work, and finds it again.
struct ChatEndpoint: Sendable {
  static let path = "/chat"
  /// So many characters may be said at once.
  static let longestMessage = 32_768
  /// Each may be escaped.
  private static let byteLimit = 256 << 10

  let control: Control
  let directory: AgentDirectory
  let streams: ProfileStreams

  private var runs: Runs { control.runs }
  private var tasks: TaskAccess { control.tasks }

  func install(into router: inout SecuredRouter) {
    router.on(.post, Self.path, .may(.submit), options: Router.Options(bodyLimit: Self.byteLimit)) { request, asker in
      guard let asker else { throw Refusal.notSignedIn }
      return try await answer(request, by: asker)
    }
  }

  private func answer(_ request: Request, by asker: Asker) async throws -> Response {
    _ = try QueryFields(request.head.target, known: [])
    let body = try await WorkBody(request, members: ["message", "workflow_id", "key"])
    let message = Message(id: TaskID.make(), role: .user, text: try Self.message(in: body))
    let key = try body.key()
    guard let workflow = try body.text("workflow_id") else {
      var order = WorkOrder(message: message, trace: request.trace)
      order.agent = directory.chatName
      order.key = key
      return try await begin(order, request, asker)
    }
    let known = try await tasks.workflow(workflow, by: asker)
    if known.isFinal { return try await goOn(known, message, key, request, asker) }
    return try await say(message, key, to: known, request, asker)
  }

  private static func message(in body: WorkBody) throws(Refusal) -> String {
    guard let message = try body.text("message"), !message.allSatisfy(\.isWhitespace) else {
      throw .badTask("The body says nothing to the agent. Send {\"message\":\"...\"}.")
    }
    guard message.count <= longestMessage else {
      throw Refusal(.contentTooLarge, "The message has more than \(longestMessage) characters. Send a shorter one.")
    }
    return message
  }

  // MARK: What becomes of it

  /// A new task, told from its beginning on.
  private func begin(_ order: WorkOrder, _ request: Request, _ asker: Asker) async throws -> Response {
    guard let agent = order.agent else { throw Refusal.noChatAgent }
    let principal = asker.principal
    let facts = TaskFacts(owner: principal.name, tenant: principal.tenant, agent: agent)
    // Nothing is begun for somebody who may not hear what comes of it.
    guard principal.decide(.watch, on: .task(facts)).isAllowed else { throw Refusal.notAllowed }
    let begun: Submitted
    do {
      begun = try await runs.submit(order, by: asker)
    } catch let refusal as Refusal where refusal == .noSuchAgent {
      throw Refusal.noChatAgent
    }
    let task = try await tasks.task(begun.task, .watch, by: asker)
    return try await streams.answer(request, asker, task: task, as: .workflow, from: .earliest)
  }

  /// Behind the end of a workflow: a new one in the same conversation, which names it.
  private func goOn(
    _ task: StoredTask, _ message: Message, _ key: String?, _ request: Request, _ asker: Asker
  ) async throws -> Response {
    var order = WorkOrder(message: message, trace: request.trace)
    order.agent = task.opening.agent
    order.message.contextID = task.opening.context
    order.message.referenceTaskIDs = [task.id]
    order.key = key
    return try await begin(order, request, asker)
  }

  /// To one at work, where it answers the open question, if there is one: told from there on.
  private func say(
    _ message: Message, _ key: String?, to task: StoredTask, _ request: Request, _ asker: Asker
  ) async throws -> Response {
    let command = RunCommand(id: key ?? TaskID.make(), by: asker.principal.name, act: .say(message))
    let taken = try await control.take(
      command, on: task.id, by: asker, from: CommandSource(request, route: "POST \(Self.path)"))
    let start = Cursor(epoch: tasks.journal.epoch, offset: taken.task.lastOffset)
    return try await streams.answer(request, asker, task: taken.task, as: .workflow, from: .after(start))
  }
}

extension Refusal {
  /// Where there is none, and where it is not for this asker: nobody can tell which.
  static let noChatAgent = Refusal(
    .notFound,
    "There is no agent for conversations here, or it is not for you. Its operator names one with work.chatAgent.",
    code: "no-such-agent")
}
