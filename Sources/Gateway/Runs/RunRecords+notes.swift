import A2A
import JSON
import Journal

// What the gateway has to say about its agents.
extension RunRecords {
  /// What the agent calls the task is remembered, and nobody who reads the task is told.
  static func handedOver(to agent: String) -> Entry {
    note("handed-over") { $0.member("agent", agent) }
  }

  static func agentLost(_ why: String) -> Entry {
    note("agent-lost") { $0.member("why", why) }
  }

  static var agentFound: Entry { note("agent-found") }

  static func cancelRefused(why: String) -> Entry {
    note("cancel-refused") { $0.member("why", why) }
  }

  /// The agent was not told what somebody has said.
  static func messageRefused(_ id: String, why: String) -> Entry {
    note("message-refused") { object in
      object.member("message", id)
      object.member("why", why)
    }
  }

  /// `{"why":…,"missing":[…],"task":{…}}`: something the agent told has not come here; what it shows instead.
  static func gap(why: String, missing: [String], task: AgentTask) -> Entry {
    var writer = JSONWriter()
    writer.object { object in
      object.member("why", why)
      object.array("missing") { list in for words in missing { list.string(words) } }
      object.key("task")
      object.raw(trusted: task.encoded())
    }
    return Entry(.gap, origin: gateway, payload: writer.bytes)
  }
}
