/// Where and how to tell somebody about a task: A2A's `TaskPushNotificationConfig`.
package struct PushConfig: Sendable, Equatable {
  package struct Authentication: Sendable, Equatable {
    /// An IANA name, such as `Bearer`.
    package var scheme: String
    package var credentials: String?

    package init(scheme: String, credentials: String? = nil) {
      self.scheme = scheme
      self.credentials = credentials
    }
  }

  /// Given by the server when absent.
  package var id: String?
  package var taskID: String?
  package var url: String
  /// For the receiver, who compares it.
  package var token: String?
  package var authentication: Authentication?

  package init(url: String, id: String? = nil, taskID: String? = nil, token: String? = nil) {
    self.url = url
    self.id = id
    self.taskID = taskID
    self.token = token
  }
}
