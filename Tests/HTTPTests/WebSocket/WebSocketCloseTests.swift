import HTTP
import TestSupport
import Testing

struct WebSocketCloseTests {
  @Test(arguments: [
    (0, false), (999, false), (1000, true), (1003, true), (1004, false), (1005, false), (1006, false), (1007, true),
    (1011, true), (1014, true), (1015, false), (1016, false), (2999, false), (3000, true), (3999, true), (4000, true),
    (4999, true), (5000, false), (65_535, false),
  ])
  func `some codes may be sent`(code: UInt16, isSendable: Bool) {
    #expect(WebSocketCloseCode(rawValue: code).isSendable == isSendable)
    #expect(WebSocketCloseCode(rawValue: code).isPrivate == (4000...4999 ~= code))
  }

  @Test func `the names stand for the numbers of the standard`() {
    let named: [WebSocketCloseCode] = [
      .normal, .goingAway, .protocolError, .unacceptableData, .notUTF8, .policyViolation, .messageTooBig,
      .extensionMissing, .internalError, .serviceRestart, .tryAgainLater,
    ]
    #expect(named.map(\.rawValue) == [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013])
    #expect(named.allSatisfy { $0.isSendable })
  }

  @Test func `the payload is the code and the reason`() {
    #expect(WebSocketClose(.goingAway).payload == [0x03, 0xe9])
    #expect(WebSocketClose(WebSocketCloseCode(rawValue: 4008), reason: "slow").payload == [0x0f, 0xa8] + "slow".bytes)
  }

  @Test(arguments: ["x", "\u{e9}", "\u{20ac}", "\u{1f600}", "a\u{301}"], 115...130)
  func `a reason is cut before the character that does not fit`(character: String, length: Int) {
    let long = String(repeating: "x", count: length) + String(repeating: character, count: 20)
    let close = WebSocketClose(.normal, reason: long)
    let expected = long.unicodeScalars.reduce(into: (text: "", isFull: false)) { result, scalar in
      if result.text.utf8.count + String(scalar).utf8.count > 123 { result.isFull = true }
      if !result.isFull { result.text.unicodeScalars.append(scalar) }
    }
    #expect(Array(close.reason.utf8) == Array(expected.text.utf8))
    #expect(close.payload.count <= 125)
  }

  @Test func `a reason that fits is kept`() {
    let reason = String(repeating: "\u{20ac}", count: 41)
    #expect(WebSocketClose(.normal, reason: reason).reason == reason)
  }

  @Test func `a code that may not be sent traps`() async {
    await #expect(processExitsWith: .failure) { _ = WebSocketClose(WebSocketCloseCode(rawValue: 1006)) }
  }
}
