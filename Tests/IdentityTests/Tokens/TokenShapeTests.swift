import TestSupport
import Testing

@testable import Identity

/// What is no token, or not quite the one that was signed.
struct TokenShapeTests {
  private let issuer: Issuer

  init() throws {
    issuer = try Issuer.shared.get()
  }

  private func faultName(_ token: String) -> String? { judge(token, keys: issuer.keys).faultName }

  @Test func `a token has three parts`() throws {
    let token = try issuer.token()
    let parts = token.split(separator: ".").map(String.init)
    for text in [
      "", ".", "..", "...", parts[0], "\(parts[0]).\(parts[1])", "\(token).", ".\(token)", "\(token).\(parts[2])",
      "\(token).\(parts[1]).\(parts[2])", "\(parts[0])..\(parts[1]).\(parts[2])", "\(parts[0]).\(parts[1])\(parts[2])",
      ".\(parts[1]).\(parts[2])",
    ] {
      #expect(faultName(text) == "malformed", "\(text)")
    }
    #expect(faultName("\(parts[0]).\(parts[1]).") == "signature")
    #expect(faultName("\(parts[0])..\(parts[2])") == "signature")
  }

  @Test(arguments: [" ", "\n", "\t", "=", "==", "+", "/", "%", "\u{0}", "\u{E9}", "\u{FF0E}"])
  func `nothing but base64url may stand anywhere`(inserted: String) throws {
    let token = try issuer.token()
    for offset in stride(from: 0, through: token.count, by: 7) {
      let index = token.index(token.startIndex, offsetBy: offset)
      #expect(faultName(token[..<index] + inserted + token[index...]) == "malformed", "at \(offset)")
    }
    #expect(faultName(token + inserted) == "malformed")
  }

  /// 64 bytes end in a letter of which two bits count, so there are other letters that a lenient reader takes for the same.
  @Test func `no other spelling of a signature is good`() throws {
    let token = try issuer.token(by: .edDSA)
    let last = try #require(token.last)
    let others = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".filter { $0 != last }
    for other in others { #expect(!judge(token.dropLast() + String(other), keys: issuer.keys).isGood) }
  }

  @Test(arguments: [TokenAlgorithm.rs256, .ps256, .es256, .edDSA])
  func `a token with any one byte changed is not good`(algorithm: TokenAlgorithm) throws {
    let token = Array(try issuer.token(by: algorithm).utf8)
    var random = SeededRandom(seed: 0x746F_6B65)
    for index in token.indices {
      var changed = token
      changed[index] ^= UInt8.random(in: 1...127, using: &random)
      let text = String(decoding: changed, as: UTF8.self)
      #expect(!judge(text, keys: issuer.keys).isGood, "byte \(index) is \(changed[index])")
    }
  }

  @Test func `a token cut anywhere is not good`() throws {
    let token = try issuer.token()
    for count in 0..<token.count { #expect(!judge(String(token.prefix(count)), keys: issuer.keys).isGood) }
  }

  @Test func `a long token is not looked at`() throws {
    let token = try issuer.token(Claims().with("x", "\"" + String(repeating: "x", count: 7000) + "\""))
    #expect(token.utf8.count > 8192)
    #expect(
      judge(token, keys: issuer.keys).fault
        == .malformed("The token has more than 8192 characters; get one with fewer claims."))
    #expect(judge(token, keys: issuer.keys) { $0.lengthLimit = token.utf8.count }.isGood)
    #expect(judge(String(repeating: ".", count: 50_000_000), keys: issuer.keys).faultName == "malformed")
  }

  @Test(arguments: [
    "", " ", "null", "[]", "7", #""text""#, "{", #"{"alg":"ES256"}{}"#, #"{"alg":"ES256",}"#, #"{'alg':'ES256'}"#,
    #"{"alg":"ES256","alg":"ES256"}"#, #"{"alg":"none","alg":"ES256"}"#, #"{"alg":"ES256","\u0061lg":"none"}"#,
    #"{"alg":"ES256","kid":"a","kid":"a"}"#, "\u{FEFF}{\"alg\":\"ES256\"}",
    #"{"alg":"ES256","x":"# + String(repeating: "[", count: 2000) + String(repeating: "]", count: 2000) + "}",
  ])
  func `a header is one JSON object without a member twice`(header: String) throws {
    #expect(faultName(try issuer.token(header: header)) == "malformed")
  }

  @Test(arguments: [
    "", "null", "[]", "7", #""text""#, "{", #"{"sub":"alex"}{}"#, "\u{FEFF}{}",
    String(Claims().text.dropLast()) + #","sub":"root"}"#, String(Claims().text.dropLast()) + #","\u0073ub":"root"}"#,
    String(Claims().text.dropLast()) + #","x":{"a":1,"a":2}}"#,
    String(Claims().text.dropLast()) + #","x":"# + String(repeating: "[", count: 1500)
      + String(repeating: "]", count: 1500)
      + "}",
  ])
  func `a payload is one JSON object without a member twice`(payload: String) throws {
    let signer = try issuer.signer()
    let token = try signer.sign(header: Array(#"{"alg":"ES256"}"#.utf8), payload: Array(payload.utf8))
    #expect(faultName(token) == "malformed")
  }

  @Test func `a payload that is no UTF-8 is none`() throws {
    let token = try issuer.signer().sign(
      header: Array(#"{"alg":"ES256"}"#.utf8), payload: Array(#"{"sub":""#.utf8) + [0xFF] + Array(#""}"#.utf8))
    #expect(faultName(token) == "malformed")
  }

  @Test func `sentences are printable ASCII that may stand in a field, and quote nothing`() throws {
    let secret = "S3CR3T"
    let faults: [TokenFault] = [
      try #require(judge(secret, keys: issuer.keys).fault),
      try #require(judge(try issuer.token(header: #"{"alg":"\#(secret)"}"#), keys: issuer.keys).fault),
      try #require(judge(try issuer.token(header: #"{"alg":"ES256","kid":7}"#), keys: issuer.keys).fault),
      try #require(judge(try issuer.token(header: #"{"alg":"ES256","kid":"\#(secret)"}"#), keys: issuer.keys).fault),
      try #require(judge(try issuer.token(header: #"{"alg":"ES256","typ":"\#(secret)"}"#), keys: issuer.keys).fault),
      try #require(judge(try issuer.token(header: #"{"alg":"ES256","crit":["\#(secret)"]}"#), keys: issuer.keys).fault),
      try #require(judge(try issuer.token(Claims().with("iss", "\"\(secret)\"")), keys: issuer.keys).fault),
      try #require(judge(try issuer.token(Claims().with("exp", "\"\(secret)\"")), keys: issuer.keys).fault),
      try #require(judge(try issuer.token(Claims().with("sub", "[\"\(secret)\"]")), keys: issuer.keys).fault),
      // The name of a claim comes from the configuration, and may be anything.
      try #require(
        judge(try issuer.token(Claims().with(#"r\u00E9\"\\"#, "7")), keys: issuer.keys) {
          $0.rolesClaim = "r\u{E9}\"\\"
        }
        .fault),
      .unknownKey, .signature, .issuer, .audience, .keysUnavailable, .expired(UnixTime(seconds: 0)),
      .notYetValid(UnixTime(seconds: 253_402_300_799)),
    ]
    for fault in faults {
      let text = fault.description
      #expect(text.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }, "\(text)")
      #expect(text.hasSuffix(".") && !text.contains(secret), "\(text)")
    }
  }
}
