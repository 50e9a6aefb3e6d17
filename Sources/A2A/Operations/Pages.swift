/// A part of the caller's tasks, newest status first.
package struct TaskPage: Sendable, Equatable {
  package var tasks: [AgentTask]
  /// Nil on the last page.
  package var nextPageToken: String?
  package var pageSize: Int
  /// Of all pages.
  package var totalSize: Int

  package init(tasks: [AgentTask], nextPageToken: String?, pageSize: Int, totalSize: Int) {
    self.tasks = tasks
    self.nextPageToken = nextPageToken
    self.pageSize = pageSize
    self.totalSize = totalSize
  }
}

package struct PushConfigPage: Sendable, Equatable {
  package var configs: [PushConfig]
  /// Nil on the last page.
  package var nextPageToken: String?

  package init(configs: [PushConfig], nextPageToken: String? = nil) {
    self.configs = configs
    self.nextPageToken = nextPageToken
  }
}
