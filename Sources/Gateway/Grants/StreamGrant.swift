import Identity

/// One stream's right, in the hands of whoever runs the stream. It is given back by `close`, or by letting go of it.
final class StreamGrant: Sendable {
  /// Names it to the client, for the refresh.
  let id: String
  /// What happens to the right, in order. For one reader; ends with the right or at `close`.
  let notices: AsyncStream<GrantNotice>
  private let grants: StreamGrants

  init(id: String, notices: AsyncStream<GrantNotice>, grants: StreamGrants) {
    self.id = id
    self.notices = notices
    self.grants = grants
  }

  /// The stream is over: its reader hears nothing of what happens from now on.
  func close() {
    grants.close(id)
  }

  deinit {
    grants.close(id)
  }
}
