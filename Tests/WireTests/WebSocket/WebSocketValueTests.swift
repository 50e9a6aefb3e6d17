import HTTP
import Testing

@testable import Wire

/// The values under a WebSocket, without sockets and with a clock that is only a number.
@Suite struct WebSocketValueTests {
  private let start = ContinuousClock.now
  private let options = WebSocketOptions.with {
    $0.pingAfter = .seconds(20)
    $0.pongWithin = .seconds(10)
    $0.closeWithin = .seconds(5)
  }

  private func openVigil() -> WebSocketVigil {
    var vigil = WebSocketVigil(options, now: start)
    vigil.opened(at: start)
    return vigil
  }

  private func check(_ vigil: inout WebSocketVigil, _ seconds: Int, delivered: Int = 0, listening: Bool = true)
    -> WebSocketVigil.Verdict
  {
    vigil.check(at: start + .seconds(seconds), delivered: delivered, isListening: listening)
  }

  @Test func `handshakes have an end`() {
    var vigil = WebSocketVigil(options, now: start)
    #expect(vigil.next == start + .seconds(5))
    #expect(check(&vigil, 4) == .wait && check(&vigil, 5) == .overdue)
    vigil.opened(at: start)
    vigil.closing(at: start + .seconds(7))
    #expect(vigil.next == start + .seconds(12))
    vigil.heard(at: start + .seconds(11))
    #expect(check(&vigil, 11) == .wait && check(&vigil, 12) == .overdue)
  }

  @Test func `who is silent is asked, and dead without an answer`() {
    var vigil = openVigil()
    #expect(vigil.next == start + .seconds(20))
    #expect(check(&vigil, 19) == .wait && check(&vigil, 20) == .ping)
    #expect(vigil.next == start + .seconds(30))
    #expect(check(&vigil, 29) == .wait && check(&vigil, 30) == .dead)
  }

  @Test func `who says something is not asked, and lives if asked`() {
    var vigil = openVigil()
    vigil.heard(at: start + .seconds(15))
    #expect(check(&vigil, 20) == .wait)
    #expect(vigil.next == start + .seconds(35))
    #expect(check(&vigil, 35) == .ping)
    vigil.heard(at: start + .seconds(36))
    #expect(check(&vigil, 45) == .wait)
    #expect(vigil.next == start + .seconds(56))
    #expect(check(&vigil, 56) == .ping)
  }

  @Test func `who takes bytes lives as long as it does`() {
    var vigil = openVigil()
    #expect(check(&vigil, 20, delivered: 100) == .ping)
    #expect(check(&vigil, 30, delivered: 101) == .wait)
    #expect(check(&vigil, 40, delivered: 102) == .wait)
    #expect(check(&vigil, 50, delivered: 102) == .dead)
  }

  @Test func `who is not listened to is written to, and never dead`() {
    var vigil = openVigil()
    #expect(check(&vigil, 20, listening: false) == .ping)
    #expect(check(&vigil, 39, listening: false) == .wait && check(&vigil, 40, listening: false) == .ping)
    #expect(check(&vigil, 60) == .ping)
    #expect(check(&vigil, 70, listening: false) == .wait)
    #expect(vigil.next == start + .seconds(90))
  }

  @Test func `pieces become messages, within the limit`() throws {
    var inbox = MessageInbox()
    #expect(try inbox.add(WebSocketPiece(bytes: [0xe2], isBinary: false, isFinal: false), limit: 3) == false)
    #expect(inbox.isEmpty && inbox.weight == 0)
    #expect(try inbox.add(WebSocketPiece(bytes: [0x82, 0xac], isBinary: false, isFinal: true), limit: 3))
    #expect(try inbox.add(WebSocketPiece(bytes: [], isBinary: true, isFinal: true), limit: 3))
    #expect(inbox.weight == 3 + 64 + 64)
    #expect(inbox.take() == .text("\u{20ac}") && inbox.take() == .binary([]) && inbox.take() == nil)
    #expect(inbox.isEmpty && inbox.weight == 0)
    _ = try inbox.add(WebSocketPiece(bytes: [1, 2], isBinary: true, isFinal: false), limit: 3)
    #expect(throws: MessageInbox.Fault.tooLong) {
      try inbox.add(WebSocketPiece(bytes: [3, 4], isBinary: true, isFinal: true), limit: 3)
    }
  }

  @Test func `a reader that is always behind gets everything in order`() throws {
    var inbox = MessageInbox()
    var taken: [WebSocketMessage?] = []
    for number: UInt8 in 0..<250 {
      _ = try inbox.add(WebSocketPiece(bytes: [number], isBinary: true, isFinal: true), limit: 1)
      if number >= 3 { taken.append(inbox.take()) }
    }
    #expect(taken == (0..<247).map { .binary([$0]) })
    #expect(inbox.weight == 3 * 65)
  }

  @Test func `a text whose last character is cut off is none`() throws {
    var inbox = MessageInbox()
    _ = try inbox.add(WebSocketPiece(bytes: [0xe2, 0x82], isBinary: false, isFinal: false), limit: 9)
    #expect(throws: MessageInbox.Fault.notUTF8) {
      try inbox.add(WebSocketPiece(bytes: [], isBinary: false, isFinal: true), limit: 9)
    }
  }

  @Test func `only a 101 has a proof in it`() {
    let answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\nSec-WebSocket-Accept: abc=\r\n\r\n"
    #expect(WebSocketHandshake.acceptKey(in: Array(answer.utf8)) == "abc=")
    #expect(WebSocketHandshake.acceptKey(in: Array(answer.replacing("101", with: "403").utf8)) == nil)
    #expect(WebSocketHandshake.acceptKey(in: Array(answer.replacing("Accept", with: "Version").utf8)) == nil)
    #expect(WebSocketHandshake.closeCode(in: [0x88, 2, 3, 233])?.rawValue == 1001)
    #expect(WebSocketHandshake.closeCode(in: [0x88, 0])?.rawValue == 1005)
    #expect(WebSocketHandshake.closeCode(in: [0x8a, 2, 3, 233]) == nil)
  }

  @Test(arguments: [0, 1, 3, 4, 125, 126, 65_535, 65_536])
  func `masks change the header and can be taken off again`(length: Int) {
    let payload = (0..<length).map { UInt8(truncatingIfNeeded: $0) }
    var frame: [UInt8] = []
    WebSocketFrameEncoder.binary(payload, into: &frame)
    let header = frame.count - length
    for masked in [WebSocketMask.masking(frame), WebSocketMask.addingZeros(frame)] {
      #expect(masked.count == frame.count + 4)
      #expect(masked[1] == frame[1] | 0x80)
      let mask = masked[header..<header + 4]
      let isSame = payload.indices.allSatisfy { masked[header + 4 + $0] ^ mask[header + $0 % 4] == payload[$0] }
      #expect(isSame)
    }
    #expect(Array(WebSocketMask.addingZeros(frame)[header..<header + 4]) == [0, 0, 0, 0])
  }

  @Test func `a server's frames have no masks and a client's have`() {
    var ofClient = WebSocketFrameRules(for: .client)
    var ofServer = WebSocketFrameRules(for: .server)
    #expect(ofClient.fault(in: [0x81, 0x80, 0, 0, 0, 0]) == nil && ofClient.fault(in: [0x81, 0]) != nil)
    #expect(ofServer.fault(in: [0x81, 0]) == nil && ofServer.fault(in: [0x81, 0x80, 0, 0, 0, 0]) != nil)
    #expect(ofServer.fault(in: [0x88, 2, 3, 232]) == nil && ofServer.fault(in: [0x88, 2, 3, 237]) != nil)
  }
}
