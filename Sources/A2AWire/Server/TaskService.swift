package import A2A

/// What stands behind an A2A endpoint: an agent's tasks, or a gateway's. Every operation, whatever dialect it came in.
///
/// The endpoint has looked at versions, extensions and the card's capabilities before it calls. Whether the caller may see a task
/// is for the service to say: somebody else's task answers as one that does not exist.
///
/// A call that is cancelled is one whose caller has gone: it need not wait any longer. No task ends because of it.
package protocol TaskService: Sendable {
  /// As everyone may see it. The endpoint puts its own addresses in.
  var card: AgentCard { get async }
  /// What only this caller sees; nil when there is no such card.
  func extendedCard(_ call: CallContext) async throws(A2AError) -> AgentCard?

  func send(_ request: SendMessageRequest, _ call: CallContext) async throws(A2AError) -> SendResult
  func stream(_ request: SendMessageRequest, _ call: CallContext) async throws(A2AError) -> TaskFeed
  func task(_ request: GetTaskRequest, _ call: CallContext) async throws(A2AError) -> AgentTask
  func tasks(_ request: ListTasksRequest, _ call: CallContext) async throws(A2AError) -> TaskPage
  func cancel(_ request: CancelTaskRequest, _ call: CallContext) async throws(A2AError) -> AgentTask
  /// The first event is a snapshot; what follows joins to it without gap or duplicate.
  func subscribe(_ request: SubscribeToTaskRequest, _ call: CallContext) async throws(A2AError) -> TaskFeed

  func createPushConfig(_ request: CreatePushConfigRequest, _ call: CallContext) async throws(A2AError) -> PushConfig
  func pushConfig(_ request: PushConfigRequest, _ call: CallContext) async throws(A2AError) -> PushConfig
  func pushConfigs(_ request: ListPushConfigsRequest, _ call: CallContext) async throws(A2AError) -> PushConfigPage
  func deletePushConfig(_ request: PushConfigRequest, _ call: CallContext) async throws(A2AError)
}

/// Who calls, and how.
package struct CallContext: Sendable {
  package let caller: Caller
  package let dialect: Dialect
  /// Extensions that are active: asked for, and declared by the card.
  package let extensions: [String]
  /// Names the request in the log.
  package let requestID: String

  package init(caller: Caller, dialect: Dialect, extensions: [String], requestID: String) {
    self.caller = caller
    self.dialect = dialect
    self.extensions = extensions
    self.requestID = requestID
  }
}

/// Whose tasks are whose: the name in a client certificate that was let in, or nobody's where none was asked for.
package enum Caller: Sendable, Hashable {
  case anonymous
  case named(String)
}
