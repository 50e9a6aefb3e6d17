import Glibc
import Synchronization
import TestSupport

/// Stands between a client and its server, and now and then loses an answer together with the connection.
final class ReplyHole: Sendable {
  let port: Int
  private let listener: Int32
  private let target: Int
  private let losses = Mutex(0)

  init(before port: Int, at own: Int = 0) throws {
    (listener, self.port) = try TCP.listen(on: "127.0.0.1", port: own, sharing: true)
    target = port
    Task.detached { await onThread { self.accept() } }
  }

  /// The next bytes of the server get lost, and with them the connection on which they came.
  func loseNextAnswer() { losses.withLock { $0 += 1 } }
  var isLossDue: Bool { losses.withLock { $0 > 0 } }

  /// Takes no more connections. Those that are there stay.
  func close() {
    shutdown(listener, Int32(SHUT_RDWR))
    Glibc.close(listener)
  }

  private func accept() {
    while true {
      let client = Glibc.accept(listener, nil, nil)
      guard client >= 0 else { return }
      var options = TLSClient.Options()
      options.deadline = .seconds(60)
      guard let server = try? TCP.connect(to: "127.0.0.1", target, options) else {
        Glibc.close(client)
        continue
      }
      Task.detached { await onThread { self.pump(from: client, to: server, isAnswer: false) } }
      Task.detached { await onThread { self.pump(from: server, to: client, isAnswer: true) } }
    }
  }

  private func pump(from source: Int32, to sink: Int32, isAnswer: Bool) {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { unsafe recv(source, $0.baseAddress, $0.count, 0) }
      guard count > 0 else { break }
      let isLost =
        isAnswer
        && losses.withLock { losses in
          defer { losses = max(0, losses - 1) }
          return losses > 0
        }
      guard !isLost, (try? TCP.send(Array(buffer[..<count]), to: sink)) != nil else { break }
    }
    shutdown(source, Int32(SHUT_RDWR))
    shutdown(sink, Int32(SHUT_RDWR))
  }
}
