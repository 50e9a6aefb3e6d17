import COpenSSL
import Glibc
import HTTP
import TestSupport

/// A great many readers of event streams, as light as they can be: one TLS context for all, and nothing kept for one that is silent.
/// Made and read from a few threads, each with its own share.
@safe final class StreamCrowd: @unchecked Sendable {
  /// Safety: SSL_CTX is made for use from several threads, once it is set up.
  private let context: OpaquePointer

  init() throws {
    guard let context = unsafe SSL_CTX_new(TLS_client_method()) else {
      throw TLSClient.Failure(description: "no SSL_CTX")
    }
    unsafe self.context = unsafe context
    // Buffers of 16 KiB and more would count for memory of the server, which is in the same process.
    unsafe _ = SSL_CTX_ctrl(context, SSL_CTRL_MODE, Int(SSL_MODE_RELEASE_BUFFERS), nil)
  }

  /// Connects, and asks for `path`.
  func join(port: Int, path: String) throws -> StreamReader {
    let descriptor = try TCP.connect(to: "127.0.0.1", port, TLSClient.Options())
    guard let ssl = unsafe SSL_new(context) else { throw TLSClient.Failure(description: "no SSL") }
    let reader = unsafe StreamReader(descriptor, ssl)
    try reader.ask(path)
    return reader
  }

  deinit { unsafe SSL_CTX_free(context) }
}

/// One of the crowd.
@safe final class StreamReader {
  private let descriptor: Int32
  private let ssl: OpaquePointer

  init(_ descriptor: Int32, _ ssl: OpaquePointer) {
    self.descriptor = descriptor
    unsafe self.ssl = unsafe ssl
  }

  func ask(_ path: String) throws {
    let request = Array("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8)
    ERR_clear_error()
    unsafe _ = SSL_set_fd(ssl, descriptor)
    guard unsafe SSL_connect(ssl) == 1, unsafe SSL_write(ssl, request, Int32(request.count)) == request.count else {
      throw TLSClient.Failure(description: "handshake or request failed")
    }
  }

  /// What comes next; empty when nothing more does.
  func receive() -> [UInt8] {
    ERR_clear_error()
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    let got = unsafe SSL_read(ssl, &buffer, Int32(buffer.count))
    return Array(buffer.prefix(max(0, Int(got))))
  }

  /// Everything to the end of the connection, as events.
  func receiveAll() throws -> (events: [ReceivedEvent], isComplete: Bool) {
    var answers = ResponseReader()
    answers.expect(responseTo: .get)
    var parser = EventStreamParser()
    var events: [ReceivedEvent] = []
    var isComplete = false
    while case let bytes = receive(), !bytes.isEmpty {
      answers.append(bytes)
      while case let event = answers.next(), event != .needsMore {
        switch event {
        case .body(let piece): parser.append(piece)
        case .end: isComplete = true
        case .failed(let fault): throw TLSClient.Failure(description: "\(fault)")
        case .head, .needsMore: break
        }
      }
      while case let item = parser.next(), item != .needsMore {
        if case .event(let event) = item { events.append(event) }
      }
    }
    return (events, isComplete)
  }

  func disconnect() { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }

  deinit {
    close(descriptor)
    unsafe SSL_free(ssl)
  }
}
