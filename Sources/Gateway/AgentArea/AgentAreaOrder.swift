import A2A
import HTTP
import JSON
import Wire

/// What AgentArea's clients send to begin a task (`description`) or to go on with one (`query`).
struct AgentAreaOrder {
  let text: String
  /// Whoever does not want the stream waits for the end, and gets all events at once.
  let isStreamed: Bool
  /// What the agent is told beside the words: `user_id` and all of `task_parameters`, which may mean something to it. An object, or nil.
  let metadata: JSONValue?
  private let instructions: String?

  init(beginning request: Request) async throws {
    let body = try await WorkBody(request, members: ["description", "user_id", "task_parameters", "enable_streaming"])
    let parameters = try body.object("task_parameters")
    text = try Self.words(try body.text("description"), "description")
    let streaming = try body.flag("enable_streaming")
    isStreamed = try streaming ?? Self.flag(parameters, "enable_streaming") ?? true
    instructions = try Self.text(parameters, "instructions")
    _ = try Self.text(parameters, "model")
    let user = try body.text("user_id")
    metadata =
      user == nil && parameters == nil
      ? nil
      : .object { object in
        object.member("user_id", ifPresent: user)
        object.member("task_parameters", ifPresent: parameters)
      }
  }

  init(goingOnWith request: Request) async throws {
    let body = try await WorkBody(request, members: ["query", "enable_streaming"])
    text = try Self.words(try body.text("query"), "query")
    isStreamed = try body.flag("enable_streaming") ?? true
    (instructions, metadata) = (nil, nil)
  }

  func message(to task: String? = nil) -> Message {
    var message = Message(id: TaskID.make(), role: .user, text: text, taskID: task)
    if let instructions { message.parts.append(.text(instructions)) }
    message.metadata = metadata
    return message
  }

  private static func words(_ text: String?, _ name: String) throws(Refusal) -> String {
    guard let text, !text.isEmpty else {
      throw .badTask("The body has no \"\(name)\", so the agent would have nothing to do. Send {\"\(name)\":\"...\"}.")
    }
    return text
  }

  private static func flag(_ parameters: JSONValue?, _ name: String) throws(Refusal) -> Bool? {
    guard let member = parameters?[name], !member.isNull else { return nil }
    guard let flag = member.bool else { throw .badBody("\"\(name)\" of the task_parameters has to be true or false.") }
    return flag
  }

  private static func text(_ parameters: JSONValue?, _ name: String) throws(Refusal) -> String? {
    guard let member = parameters?[name], !member.isNull else { return nil }
    guard let text = member.string else { throw .badBody("\"\(name)\" of the task_parameters has to be a text.") }
    return text
  }
}
