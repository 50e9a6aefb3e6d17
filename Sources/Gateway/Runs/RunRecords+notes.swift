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

  /// A task that nobody waits for any more was found at its agent, and what came of asking it to stop.
  static func abandoned(by agent: String, outcome: String) -> Entry {
    note("abandoned") { object in
      object.member("agent", agent)
      object.member("outcome", outcome)
    }
  }

  static var agentFound: Entry { note("agent-found") }

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
