import Glibc
import TestSupport

/// A client without TLS, for what comes before and instead of a handshake. Blocking, each wait bounded; used on one thread.
final class TCPClient {
  let descriptor: Int32
  private var isOpen = true

  init(port: Int, _ options: TLSClient.Options = TLSClient.Options()) throws {
    descriptor = try TCP.connect(to: options.address, port, options)
  }

  func send(_ bytes: [UInt8]) throws {
    let sent = unsafe Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    guard sent == bytes.count else { throw TLSClient.Failure(description: "send: errno \(errno)") }
  }

  func finishSending() {
    _ = shutdown(descriptor, Int32(SHUT_WR))
  }

  /// What comes next; empty when nothing more does.
  func receive() -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 16_384)
    let got = unsafe recv(descriptor, &buffer, buffer.count, 0)
    return Array(buffer.prefix(max(0, got)))
  }

  /// Everything until the connection ends or falls silent.
  func receiveAll() -> (bytes: [UInt8], ending: TLSClient.Ending) {
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while true {
      let got = unsafe recv(descriptor, &buffer, buffer.count, 0)
      if got == 0 { return (all, .truncated) }
      guard got > 0 else { return (all, errno == EAGAIN ? .silence : .reset) }
      all += buffer.prefix(got)
    }
  }

  func resetConnection() {
    TCP.resetOnClose(descriptor)
    disconnect()
  }

  func disconnect() {
    guard isOpen else { return }
    isOpen = false
    close(descriptor)
  }

  deinit {
    disconnect()
  }
}
