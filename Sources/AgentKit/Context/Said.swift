import Synchronization

/// What a tool says of itself before it ends.
final class Said: Sendable {
  private let text = Mutex<String?>(nil)

  var summary: String? {
    get { text.withLock { $0 } }
    set { text.withLock { $0 = newValue } }
  }
}
