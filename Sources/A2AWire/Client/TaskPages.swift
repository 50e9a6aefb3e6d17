package import A2A

/// A list of tasks, page after page, as they are asked for. For one task of ours.
package struct TaskPages: Sendable {
  private let client: AgentClient
  private var request: ListTasksRequest?
  private var circle = CircleDetector()

  /// - Parameter request: what is looked for; its page token, if it has one, is where it begins.
  package init(_ request: ListTasksRequest, of client: AgentClient) {
    self.client = client
    self.request = request
  }

  /// The next page, or nil behind the last one. After an error the same page is asked for again.
  package mutating func next() async throws(AgentCallError) -> TaskPage? {
    guard var request else { return nil }
    let page = try await client.tasks(request)
    if let token = page.nextPageToken, circle.closes(with: token) {
      throw await client.error(.endlessPages(token: token), .call(.listTasks))
    }
    request.pageToken = page.nextPageToken
    self.request = page.nextPageToken == nil ? nil : request
    return page
  }
}

/// Notices that tokens which follow from one another come round again, with one of them in memory (Brent's algorithm).
struct CircleDetector {
  private var remembered: String?
  private var steps = 0
  private var power = 1

  mutating func closes(with token: String) -> Bool {
    if token == remembered { return true }
    steps += 1
    if steps == power {
      remembered = token
      steps = 0
      power *= 2
    }
    return false
  }
}
