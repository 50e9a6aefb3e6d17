import HTTP

/// The server that `RawRequests` describes, without sockets: bytes in, status codes out.
struct ReferenceServer {
  /// What became of a connection.
  struct Outcome: Equatable {
    var statuses: [Int] = []
    var closes = false
  }

  static let echoLimit = 65_536

  private(set) var outcome = Outcome()
  private var reader = RequestReader()
  private var current: RequestHead?

  mutating func receive(_ bytes: [UInt8]) {
    reader.append(bytes)
    while !outcome.closes {
      switch reader.next() {
      case .needsMore: return
      case .head(let head):
        current = head
        if head.target.path == "/echo" { reader.limitBody(to: Self.echoLimit) }
      case .body: break
      case .end:
        guard let head = current else { return outcome.statuses.append(500) }
        outcome.statuses.append(Self.status(for: head))
        outcome.closes = !head.keepAlive
        current = nil
      case .refused(let refusal):
        outcome.statuses.append(refusal.status.code)
        outcome.closes = true
      }
    }
  }

  private static func status(for head: RequestHead) -> Int {
    let methods: [HTTPMethod]
    switch head.target.path {
    case "*": return 204
    case "/": methods = [.get, .head]
    case "/echo": methods = [.post]
    default: return 404
    }
    if head.method == .options { return 204 }
    return methods.contains(head.method) ? 200 : 405
  }
}
