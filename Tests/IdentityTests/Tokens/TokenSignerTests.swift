import JSON
import TestSupport
import Testing

@testable import Identity

/// Key pairs of our own, and their files.
struct TokenSignerTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test(arguments: [TokenAlgorithm.rs256, .ps256, .es256, .edDSA])
  func `a key pair comes back from its file and signs what its set verifies`(algorithm: TokenAlgorithm) throws {
    let made = try #require(Issuer.shared.get().signers[algorithm])
    let (key, set) = (folder.path("token.jwk"), folder.path("keys.json"))
    try made.create(privateKey: key, keySet: set)
    #expect(try mode(of: key) == "600")
    #expect(try mode(of: set) == "644")

    let read = try TokenSigner.load(key)
    #expect(read.keyID == made.keyID && read.algorithm == algorithm && read.keySetText == made.keySetText)
    let keys = try KeySet(jwks: Array(try IdentityTests.read(set).utf8), source: set)
    let token = try read.sign(try JSONValue(parsing: Claims().text))
    #expect(judge(token, keys: keys).isGood)
    let header = try #require(Base64URL.decode(token.prefix { $0 != "." }.utf8))
    #expect(
      String(decoding: header, as: UTF8.self) == #"{"alg":"\#(algorithm.rawValue)","kid":"\#(made.keyID)","typ":"JWT"}"#
    )
  }

  @Test func `a published set has no private number`() throws {
    for signer in try Issuer.shared.get().signers.values {
      let key = try #require(try JSONValue(parsing: signer.keySetText)["keys"]?[0])
      #expect(Set(key.members.map(\.key)).isSubset(of: ["kty", "crv", "n", "e", "x", "y", "alg", "use", "kid"]))
    }
  }

  @Test func `what is there is never overwritten, and a half of a pair is not left behind`() throws {
    let signer = try Issuer.shared.get().signer()
    let taken = try folder.write("mine", to: "taken")
    let before = try snapshot(folder.path)
    #expect(throws: FileError.self) { try signer.create(privateKey: taken) }
    #expect(throws: FileError.self) { try signer.create(privateKey: folder.path("new.jwk"), keySet: taken) }
    #expect(throws: FileError.self) {
      try signer.create(privateKey: folder.path("new.jwk"), keySet: folder.path("no/set"))
    }
    #expect(try snapshot(folder.path) == before)
  }

  @Test func `a private key that others may read is not used`() throws {
    let signer = try Issuer.shared.get().signer()
    try signer.create(privateKey: folder.path("a.jwk"))
    let text = try IdentityTests.read(folder.path("a.jwk"))
    let open = try folder.write(text, to: "b.jwk", mode: 0o640)
    #expect(throws: FileError.self) { try TokenSigner.load(open) }
  }

  @Test func `a private key whose halves do not fit, or that says too little, is refused without being quoted`() throws
  {
    func text(_ signer: TokenSigner, _ name: String) throws -> String {
      let file = folder.path(name)
      try signer.create(privateKey: file)
      return try IdentityTests.read(file)
    }
    for algorithm in [TokenAlgorithm.es256, .edDSA, .rs256] {
      let mine = try text(Issuer.shared.get().signer(algorithm), "\(algorithm).1")
      let other = try text(try TokenSigner.generate(algorithm), "\(algorithm).2")
      func member(_ name: String, of text: String) throws -> String {
        try #require(try JSONValue(parsing: text)[name]?.string)
      }
      let secret = try member("d", of: mine)
      let foreign = try member("d", of: other)
      for (text, word) in [
        (mine.replacing(secret, with: foreign), "do not belong"), (mine.replacing(secret, with: ""), "no d"),
        (mine.replacing("\"d\"", with: "\"dd\""), "no d"), (mine.replacing("\"alg\"", with: "\"x-alg\""), "alg"),
        (mine.replacing("\"sig\"", with: "\"enc\""), "use"), (String(mine.dropLast(3)), "is no JWK"),
        ("[]", "is no JWK"),
      ] where !(algorithm != .rs256 && word == "alg") {
        let error = #expect(throws: KeySetError.self, "\(word)") {
          try TokenSigner(privateJWK: Array(text.utf8), source: "token.jwk")
        }
        #expect(error?.description.contains(word) == true, "\(error?.description ?? "")")
        #expect(error?.description.contains(secret) == false && error?.description.contains(foreign) == false)
      }
    }
  }

  @Test func `no description shows a private number`() throws {
    for signer in try Issuer.shared.get().signers.values {
      let file = folder.path(signer.keyID)
      try signer.create(privateKey: file)
      let secret = try #require(try JSONValue(parsing: try IdentityTests.read(file))["d"]?.string)
      var dumped = ""
      dump(signer, to: &dumped)
      dump(signer.numbers, to: &dumped)
      // One line each: nothing is below them.
      #expect(dumped.split(separator: "\n").count == 2, "\(dumped)")
      let texts = ["\(signer)", "\([signer])", "\(signer.numbers)", String(reflecting: signer), dumped]
      #expect(texts.allSatisfy { !$0.contains(secret) && $0.count < 200 })
    }
  }

  @Test func `there is no key pair for HS256`() throws {
    #expect(throws: KeySetError.self) { try TokenSigner.generate(.hs256) }
  }

  @Test(arguments: [
    ("short", "needs 32"), (String(repeating: "x", count: 31) + "\n", "needs 32"),
    ("-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE", "no secret"),
    ("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ", "no secret"),
  ])
  func `a secret is long and not public`(text: String, word: String) throws {
    let file = try folder.write(text, to: "secret", mode: 0o600)
    let error = #expect(throws: KeySetError.self) { try TokenSecret.load(file) }
    #expect(error?.description.contains(word) == true && error?.description.contains(file) == true)
    #expect(error?.description.contains("MFkw") == false)
  }

  @Test func `a secret is read without the end of its line, from a file of its owner's alone, and is never shown`()
    throws
  {
    let text = String(repeating: "s", count: 40)
    let secret = try TokenSecret.load(try folder.write(text + "\r\n", to: "secret", mode: 0o600))
    let same = try TokenSecret(Array(text.utf8), source: "here")
    #expect(secret.authenticationCode(of: [1, 2]) == same.authenticationCode(of: [1, 2]))
    #expect(throws: FileError.self) { try TokenSecret.load(try folder.write(text, to: "open", mode: 0o644)) }
    #expect(!"\(secret)\([secret])".contains("sss"))
    var dumped = ""
    dump(secret, to: &dumped)
    #expect(!dumped.contains("sss") && !dumped.contains("115"))
  }
}
