package import JSON

/// What a client says over its WebSocket, as far as that can be known without knowing tasks, people or agents.
package struct ClientMessage: Sendable {
  /// The client's word for it, which the answer bears.
  package let id: String
  package let order: Order

  package enum Order: Sendable {
    /// - tasks: each once, in the order in which they were named; nil for all.
    /// - after: where it begins, if that was said.
    case subscribe(tasks: [String]?, after: String?)
    case unsubscribe(String)
    case submit(ClientSubmit)
    case cancel(task: String, why: String?)
    case cancelRound(ClientRound)
    case say(task: String, ClientWords)
    case answer(task: String, question: String, ClientAnswer)
    case claim(task: String, question: String)
    case release(task: String, question: String)
    case pause(task: String, why: String?)
    case resume(task: String)
    /// What somebody thinks of what a task has come to.
    case review(task: String, opinion: String, why: String?)
    /// The questions that wait, as they come and go.
    case questions
    /// Who watches a task.
    case presence(task: String)
    case refresh(token: String)
    case ping
  }
}

/// Work for an agent.
package struct ClientSubmit: Sendable {
  package let words: ClientWords
  package let agent: String?
  package let title: String?
  package let key: String?
  package let acceptedOutputModes: [String]
}

/// Many tasks to cancel.
package struct ClientRound: Sendable, Equatable {
  package let filter: String
  package let agent: String?
  package let why: String?
  package let isDryRun: Bool
}

/// Something said to an agent.
package enum ClientWords: Sendable {
  case text(String)
  /// A2A's, not looked into.
  case message(JSONValue)
}

/// An answer to a question.
package enum ClientAnswer: Sendable {
  /// An object.
  case values(JSONValue)
  case declined
  case text(String)
}

/// What is wrong with a message.
package struct ClientFault: Error, Sendable, Equatable {
  /// The message's own, where it has a good one.
  package let id: String?
  package let code: String
  /// A sentence.
  package let text: String

  init(_ id: String?, code: String, _ text: String) {
    self.id = id
    self.code = code
    self.text = text
  }
}
