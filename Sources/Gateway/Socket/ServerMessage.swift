import HTTP
import Identity
import JSON
import Journal
import Telemetry

/// What the gateway says to one client, all but the records.
struct ServerMessage: Sendable {
  let bytes: [UInt8]
  /// Of a refusal.
  var code: String?

  private init(_ type: String, code: String? = nil, _ members: (inout JSONWriter) -> Void = { _ in }) {
    var writer = JSONWriter()
    writer.object { object in
      object.member("type", type)
      members(&object)
    }
    bytes = writer.bytes
    self.code = code
  }
}

// MARK: Answers

extension ServerMessage {
  static func ack(_ id: String, _ members: (inout JSONWriter) -> Void = { _ in }) -> ServerMessage {
    ServerMessage("ack") { object in
      object.member("id", id)
      members(&object)
    }
  }

  static func nack(_ id: String?, code: String, _ text: String, retryAfter: Int? = nil) -> ServerMessage {
    ServerMessage("nack", code: code) { object in
      if let id { object.member("id", id) } else { object.member("id", nil) }
      object.member("code", code)
      object.member("message", text)
      object.member("retryAfter", ifPresent: retryAfter)
    }
  }

  /// In the words in which HTTP would refuse it.
  static func nack(_ id: String, _ refusal: Refusal) -> ServerMessage {
    ServerMessage("nack", code: refusal.word) { object in
      object.member("id", id)
      object.member("code", refusal.word)
      object.member("message", refusal.detail)
      object.member("retryAfter", ifPresent: refusal.fields["retry-after"].flatMap { Int($0) })
      guard let facts = refusal.facts.flatMap({ try? JSONValue(parsing: $0) }) else { return }
      for (name, value) in facts.members { object.member(name, value) }
    }
  }

  static func tooManyMessages(_ id: String?, retryAfter: Int) -> ServerMessage {
    nack(
      id, code: "too-many-messages", "Too many messages, so nothing was done. Send fewer in a second.",
      retryAfter: retryAfter)
  }

  static func busy(_ id: String) -> ServerMessage {
    nack(
      id, code: "busy", "Too many commands of this socket are under way, so nothing was done. Wait for their answers.",
      retryAfter: 1)
  }

  static func alreadySubscribed(_ id: String, _ text: String) -> ServerMessage {
    nack(id, code: "already-subscribed", text)
  }

  static func alreadySubscribed(_ id: String, task: String, by subscription: String) -> ServerMessage {
    alreadySubscribed(
      id, "The task \(Excerpt.quoting(task.utf8)) belongs to the subscription \(Excerpt.quoting(subscription.utf8)).")
  }

  static func tooManyTasks(_ id: String, _ limit: Int) -> ServerMessage {
    nack(id, code: "too-many-tasks", "One socket watches at most \(limit) tasks by name. Open another, or watch all.")
  }

  static func noSuchSubscription(_ id: String, _ subscription: String) -> ServerMessage {
    nack(id, code: "no-such-subscription", "There is no subscription \(Excerpt.quoting(subscription.utf8)) here.")
  }

  static func receipt(_ receipt: CommandReceipt) -> ServerMessage {
    ServerMessage("ack") { CommandReply.write(receipt, into: &$0) }
  }

  static func begun(_ id: String, _ task: Submitted, epoch: String) -> ServerMessage {
    ack(id) { object in
      object.member("task", task.task)
      object.member("context", task.context)
      object.member("cursor", Cursor(epoch: epoch, offset: task.offset).description)
      object.member("repeated", !task.isNew)
    }
  }

  static func subscribed(_ id: String, _ beginning: StreamBeginning) -> ServerMessage {
    ack(id) { object in
      object.member("subscription", id)
      beginning.write(into: &object)
    }
  }

  static func inbox(_ id: String, _ beginning: StreamBeginning, _ waiting: Questions.Page) -> ServerMessage {
    ack(id) { object in
      object.member("subscription", id)
      beginning.write(into: &object)
      object.member("waiting", waiting.questions.count)
      if waiting.next != nil { object.member("more", true) }
    }
  }
}

// MARK: What happens

extension ServerMessage {
  static func welcome(_ asker: Asker, grant: String, epoch: String, now: Int64, _ limits: SocketLimits) -> ServerMessage
  {
    ServerMessage("welcome") { object in
      object.member("protocol", SocketEndpoint.subprotocol)
      object.member("principal", asker.principal.name)
      object.member("tenant", ifPresent: asker.principal.tenant)
      object.array("roles") { list in
        for role in asker.principal.roles.map(\.rawValue).sorted() { list.string(role) }
      }
      object.member("credential", asker.credential.kind)
      object.member("grant", grant)
      object.member("expires", asker.credential.end.description)
      object.member("time", RFC3339.text(millisecondsSince1970: now))
      object.member("epoch", epoch)
      object.object("limits") { limits.write(into: &$0) }
    }
  }

  static func state(
    _ word: String, _ standing: Standing, _ snapshots: [String: [UInt8]], of subscription: String, epoch: String
  ) -> ServerMessage {
    ServerMessage(word) { object in
      object.member("subscription", subscription)
      standing.write(snapshots: snapshots, epoch: epoch, into: &object)
    }
  }

  static func end(_ subscription: String, _ reason: String) -> ServerMessage {
    ServerMessage("end") { object in
      object.member("subscription", subscription)
      object.member("reason", reason)
    }
  }

  static func verdict(_ verdict: Verdict, task: String, cursor: Cursor?) -> ServerMessage {
    ServerMessage("verdict") { object in
      object.member("id", verdict.id)
      object.member("task", task)
      object.member("command", verdict.command)
      CommandReply.write(verdict, into: &object)
      object.member("cursor", ifPresent: cursor?.description)
    }
  }

  static func question(_ question: OpenQuestion) -> ServerMessage {
    ServerMessage("question") { object in
      object.member("task", question.task.id)
      object.key("question")
      question.write(to: &object)
    }
  }

  static func questionClosed(_ question: String, of task: String, how: String, by: String?) -> ServerMessage {
    ServerMessage("question-closed") { object in
      object.member("task", task)
      object.member("question", question)
      object.member("how", how)
      object.member("by", ifPresent: by)
    }
  }

  static func presence(_ news: PresenceNews, of task: String) -> ServerMessage {
    switch news {
    case .watchers(let watchers):
      ServerMessage("presence") { object in
        object.member("task", task)
        TaskWatcher.write(watchers, into: &object)
      }
    case .joined(let principal, let count): watcher(principal, hasJoined: true, count, of: task)
    case .left(let principal, let count): watcher(principal, hasJoined: false, count, of: task)
    }
  }

  private static func watcher(_ principal: String, hasJoined: Bool, _ count: Int, of task: String) -> ServerMessage {
    ServerMessage("watcher") { object in
      object.member("task", task)
      object.member("principal", principal)
      object.member("joined", hasJoined)
      object.member("count", count)
    }
  }

  static func expiring(at end: UnixTime, now: UnixTime) -> ServerMessage {
    ServerMessage("expiring") { object in
      object.member("at", end.description)
      object.member("inSeconds", max(0, end.seconds - now.seconds))
    }
  }

  static func refreshed(until end: UnixTime) -> ServerMessage {
    ServerMessage("refreshed") { $0.member("expires", end.description) }
  }

  /// How long to wait before coming back, behind the `bye` that follows.
  static func retry(milliseconds: Int) -> ServerMessage {
    ServerMessage("retry") { $0.member("milliseconds", milliseconds) }
  }

  static func bye(_ reason: String) -> ServerMessage {
    ServerMessage("bye") { $0.member("reason", reason) }
  }
}

extension SocketLimits {
  fileprivate func write(into object: inout JSONWriter) {
    object.member("messagesPerSecond", messagesPerSecond)
    object.member("messagesAtOnce", burst)
    object.member("messagesInArray", ClientMessageReader.countLimit)
    object.member("messageBytes", ClientMessageReader.byteLimit)
    object.member("largeMessageBytes", ClientMessageReader.largeByteLimit)
    object.member("commandsInFlight", commandsInFlight)
    object.member("tasks", tasks)
  }
}
