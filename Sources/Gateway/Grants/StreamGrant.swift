import HTTP
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

  /// Another number whenever `holder` may have become somebody who sees other things.
  var changes: UInt64 { grants.changes }

  /// Who listens, by the policy of this moment; nil for nobody any more.
  var holder: Principal? { grants.holder(of: id) }

  /// The same with its credential, judged as if it had just been shown; nil when the right is over.
  var asker: Asker? { grants.asker(of: id) }

  /// Takes a newer token for it. Gives the end, which is the later one of the two.
  func refresh(by asker: Asker) throws(Refusal) -> UnixTime {
    try grants.refresh(id, by: asker)
  }

  /// The stream is over: its reader hears nothing of what happens from now on.
  func close() {
    grants.close(id)
  }

  deinit {
    grants.close(id)
  }
}
