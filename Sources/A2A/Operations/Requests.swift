package import JSON

package struct SendMessageRequest: Sendable, Equatable {
  package var tenant: String?
  package var message: Message
  package var configuration = SendConfiguration()
  /// An object.
  package var metadata: JSONValue?

  package init(message: Message, configuration: SendConfiguration = SendConfiguration(), tenant: String? = nil) {
    self.message = message
    self.configuration = configuration
    self.tenant = tenant
  }
}

package struct SendConfiguration: Sendable, Equatable {
  /// Media types; empty takes what comes.
  package var acceptedOutputModes: [String] = []
  package var pushConfig: PushConfig?
  /// Messages of the history to be shown: nil as the server likes, 0 none.
  package var historyLength: Int?
  /// Answer as soon as there is a task. Otherwise the answer waits until the task ends or needs somebody.
  package var returnImmediately = false

  package init() {}
}

package struct GetTaskRequest: Sendable, Equatable {
  package var tenant: String?
  package var id: String
  package var historyLength: Int?

  package init(id: String, historyLength: Int? = nil, tenant: String? = nil) {
    self.id = id
    self.historyLength = historyLength
    self.tenant = tenant
  }
}

package struct ListTasksRequest: Sendable, Equatable {
  package var tenant: String?
  package var contextID: String?
  package var state: TaskState?
  /// 1 to 100; nil stands for 50.
  package var pageSize: Int?
  package var pageToken: String?
  package var historyLength: Int?
  /// That instant and later.
  package var statusTimestampAfter: Timestamp?
  package var includeArtifacts = false

  package init() {}
}

package struct CancelTaskRequest: Sendable, Equatable {
  package var tenant: String?
  package var id: String
  /// An object.
  package var metadata: JSONValue?

  package init(id: String, tenant: String? = nil) {
    self.id = id
    self.tenant = tenant
  }
}

package struct SubscribeToTaskRequest: Sendable, Equatable {
  package var tenant: String?
  package var id: String

  package init(id: String, tenant: String? = nil) {
    self.id = id
    self.tenant = tenant
  }
}

package struct CreatePushConfigRequest: Sendable, Equatable {
  package var tenant: String?
  package var taskID: String
  package var config: PushConfig

  package init(taskID: String, config: PushConfig, tenant: String? = nil) {
    self.taskID = taskID
    self.config = config
    self.tenant = tenant
  }
}

/// Which push configuration: of getting and deleting one.
package struct PushConfigRequest: Sendable, Equatable {
  package var tenant: String?
  package var taskID: String
  package var id: String

  package init(taskID: String, id: String, tenant: String? = nil) {
    self.taskID = taskID
    self.id = id
    self.tenant = tenant
  }
}

package struct ListPushConfigsRequest: Sendable, Equatable {
  package var tenant: String?
  package var taskID: String
  package var pageSize: Int?
  package var pageToken: String?

  package init(taskID: String, tenant: String? = nil) {
    self.taskID = taskID
    self.tenant = tenant
  }
}

package struct GetExtendedCardRequest: Sendable, Equatable {
  package var tenant: String?

  package init(tenant: String? = nil) {
    self.tenant = tenant
  }
}
