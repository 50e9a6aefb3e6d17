import JSON

/// Reads what a client sends: one object, or an array of several. Strict: what nobody knows is refused by its name, so that nothing that was
/// meant is passed over in silence.
package enum ClientMessageReader {
  /// Messages in one text.
  package static let countLimit = 100
  /// Bytes of one message; of one that may bring what people write or upload.
  package static let byteLimit = 64 << 10
  package static let largeByteLimit = 1 << 20
  /// Tasks of one subscription.
  package static let taskLimit = 1000

  private static let limits = JSONLimits(maxBytes: largeByteLimit, maxDepth: 64, maxValues: 1 << 17)

  /// What each message says, in their order, or what is wrong with it. At least one.
  package static func read(_ text: [UInt8]) -> [Result<ClientMessage, ClientFault>] {
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONValue(parsing: text, limits: limits)
    } catch {
      return [fault("This is no JSON: at its byte \(error.offset + 1), \(error.reason).")]
    }
    guard value.kind == .array else { return [message(value)] }
    guard (1...countLimit).contains(value.count) else {
      return [
        fault("The array has \(value.count) messages, of which nothing was done. Send 1 to \(countLimit) at once.")
      ]
    }
    return value.elements.map(message)
  }

  private static func fault(_ text: String) -> Result<ClientMessage, ClientFault> {
    .failure(ClientFault(nil, code: "bad-message", text))
  }

  private static func message(_ value: JSONValue) -> Result<ClientMessage, ClientFault> {
    guard value.kind == .object else {
      return fault("A message is a JSON object with \"type\" and \"id\", and this is none.")
    }
    do throws(ClientFault) {
      let members = try ClientMembers(value)
      let order = try order(members)
      return .success(ClientMessage(id: members.id, order: order))
    } catch {
      return .failure(error)
    }
  }

  private static func order(_ members: ClientMembers) throws(ClientFault) -> ClientMessage.Order {
    switch members.type {
    case "subscribe":
      try members.allow(["task", "tasks", "all", "after"])
      return .subscribe(tasks: try members.scope(), after: try members.text("after", 1...128))
    case "unsubscribe":
      try members.allow(["subscription"])
      return .unsubscribe(try members.needText("subscription", 1...128))
    case "submit":
      try members.allow(["agent", "text", "message", "title", "key", "acceptedOutputModes"], isLarge: true)
      return .submit(
        ClientSubmit(
          words: try members.words(), agent: try members.text("agent"), title: try members.text("title"),
          key: try members.text("key"), acceptedOutputModes: try members.texts("acceptedOutputModes")))
    case "cancel" where members.has("filter"):
      try members.allow(["filter", "agent", "why", "dryRun"])
      return .cancelRound(
        ClientRound(
          filter: try members.needText("filter"), agent: try members.text("agent"), why: try members.text("why"),
          isDryRun: try members.flag("dryRun") ?? false))
    case "cancel":
      try members.allow(["task", "why"])
      return .cancel(task: try members.task(), why: try members.text("why"))
    case "say":
      try members.allow(["task", "text", "message"], isLarge: true)
      return .say(task: try members.task(), try members.words())
    case "answer":
      try members.allow(["task", "question", "values", "decline", "text"], isLarge: true)
      return .answer(task: try members.task(), question: try members.question(), try members.answer())
    case "claim":
      try members.allow(["task", "question"])
      return .claim(task: try members.task(), question: try members.question())
    case "release":
      try members.allow(["task", "question"])
      return .release(task: try members.task(), question: try members.question())
    case "pause":
      try members.allow(["task", "why"])
      return .pause(task: try members.task(), why: try members.text("why"))
    case "resume":
      try members.allow(["task"])
      return .resume(task: try members.task())
    case "review":
      try members.allow(["task", "opinion", "why"])
      return .review(
        task: try members.task(), opinion: try members.needText("opinion"), why: try members.text("why"))
    case "questions":
      try members.allow([])
      return .questions
    case "presence":
      try members.allow(["task"])
      return .presence(task: try members.task())
    case "refresh":
      try members.allow(["token"])
      return .refresh(token: try members.needText("token"))
    case "ping":
      try members.allow([])
      return .ping
    default:
      throw members.unknownType
    }
  }
}
