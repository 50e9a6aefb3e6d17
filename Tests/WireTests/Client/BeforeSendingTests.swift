import Glibc
import HTTP
import TestSupport
import Testing
import Wire

/// What a caller awaits between the connection and the request.
@Suite struct BeforeSendingTests {
  private struct NotNow: Error {}

  private static let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

  private static func request(
    _ port: Int, _ beforeSending: @escaping @Sendable () async throws -> Void
  ) throws -> ClientRequest {
    var request = ClientRequest(.post, try Calls.url(port), body: .bytes([1, 2, 3]))
    request.beforeSending = beforeSending
    return request
  }

  /// Takes a connection on which nothing is to come.
  private static func quiet(_ received: Kept<[UInt8]?>) -> @Sendable (TLSServer.Connection) throws -> Void {
    { connection in
      try connection.shakeHands()
      received.set(connection.receive() ?? [])
    }
  }

  @Test func `the connection stands then, and nothing of the request has left`() async throws {
    let (isSeen, wasQuiet) = (Signal(), Kept(false))
    let script: @Sendable (TLSServer.Connection) throws -> Void = { connection in
      try connection.shakeHands()
      var entry = pollfd(fd: connection.descriptor, events: Int16(POLLIN), revents: 0)
      unsafe wasQuiet.set(poll(&entry, 1, 300) == 0)
      isSeen.send()
      try connection.receive(upTo: "\u{1}\u{2}\u{3}")
      try connection.send(Self.answer)
      _ = connection.receiveEnd()
    }
    try await TLSServer.run(scripts: [script]) { server in
      try await Calls.run { calls in
        let response = try await calls.client.send(try Self.request(server.port) { _ = await isSeen.wait() })
        #expect(response.status == .ok)
        #expect(wasQuiet.value)
      }
    }
  }

  @Test func `with an error of it nothing is sent, and the connection is closed`() async throws {
    let received = Kept<[UInt8]?>(nil)
    try await TLSServer.run(scripts: [Self.quiet(received)]) { server in
      try await Calls.run { calls in
        await #expect(throws: NotNow.self) {
          try await calls.client.send(try Self.request(server.port) { throw NotNow() })
        }
        let isOver = await server.finish()
        #expect(isOver && received.value == [])
        let count = await calls.client.connectionCount
        #expect(count == 0)
      }
    }
  }

  @Test func `a call that is cancelled meanwhile sends nothing`() async throws {
    let received = Kept<[UInt8]?>(nil)
    let gate = Gate()
    try await TLSServer.run(scripts: [Self.quiet(received)]) { server in
      try await Calls.run { calls in
        let request = try Self.request(server.port) { await gate.pass() }
        let call = Task { try await calls.client.send(request) }
        #expect(await eventually { gate.arrived == 1 })
        call.cancel()
        let isOver = await server.finish()
        #expect(isOver && received.value == [])
        gate.open()
        await #expect(throws: CancellationError.self) { try await call.value }
      }
    }
  }

  @Test(arguments: ["the server reset it", "the server said goodbye", "the server closed it", "the server sent bytes"])
  func `a connection that is lost meanwhile was none`(_ end: String) async throws {
    let isWaiting = Signal()
    let script: @Sendable (TLSServer.Connection) throws -> Void = { connection in
      try connection.shakeHands()
      _ = isWaiting.block()
      switch end {
      case "the server reset it": connection.reset()
      case "the server said goodbye": connection.sendCloseNotify()
      case "the server closed it": connection.finishSending()
      default: try connection.send(Self.answer)
      }
      _ = connection.receiveRawEnd()
    }
    try await TLSServer.run(scripts: [script]) { server in
      try await Calls.run { calls in
        let request = try Self.request(server.port) {
          isWaiting.send()
          _ = await eventually { await calls.client.connectionCount == 0 }
        }
        let error = await #expect(throws: ClientError.self) { try await calls.client.send(request) }
        var attempts: [FailedAttempt] = []
        if case .unreachable(let made) = error?.reason { attempts = made }
        #expect(attempts.count == 1 && attempts.first?.reason.hasPrefix(end) == true, "\(error?.description ?? "")")
      }
    }
  }

  @Test func `where a kept connection is lost meanwhile, it is awaited once more on the next`() async throws {
    let (isWaiting, awaited) = (Signal(), Kept(0))
    let kept: @Sendable (TLSServer.Connection) throws -> Void = { connection in
      try connection.shakeHands()
      try connection.receiveHead()
      try connection.send(Self.answer)
      _ = isWaiting.block()
      connection.reset()
    }
    let next: @Sendable (TLSServer.Connection) throws -> Void = { connection in
      try connection.shakeHands()
      try connection.receive(upTo: "\u{1}\u{2}\u{3}")
      try connection.send(Self.answer)
      _ = connection.receiveEnd()
    }
    try await TLSServer.run(scripts: [kept, next]) { server in
      try await Calls.run { calls in
        _ = try await calls.text(server.port)
        let request = try Self.request(server.port) {
          awaited.set(awaited.value + 1)
          guard awaited.value == 1 else { return }
          isWaiting.send()
          _ = await eventually { await calls.client.connectionCount == 0 }
        }
        let response = try await calls.client.send(request)
        #expect(response.status == .ok && awaited.value == 2)
      }
    }
  }
}
