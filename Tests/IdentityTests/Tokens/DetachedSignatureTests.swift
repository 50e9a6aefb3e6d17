import JSON
import Testing

@testable import Identity

/// Signatures of documents that carry them in themselves.
struct DetachedSignatureTests {
  private static let payload = Array(#"{"a":1}"#.utf8)

  private static func parts(
    of signer: TokenSigner, header: String? = nil, payload: [UInt8] = payload
  ) throws -> (protected: String, signature: String) {
    let header = header ?? #"{"alg":"\#(signer.algorithm.rawValue)","kid":"\#(signer.keyID)","typ":"JOSE"}"#
    let parts = try signer.sign(header: Array(header.utf8), payload: payload).split(separator: ".").map(String.init)
    return (parts[0], parts[2])
  }

  private static func keys(of signer: TokenSigner) throws -> KeySet {
    try KeySet(jwks: Array(signer.keySetText.utf8), source: "keys")
  }

  private func fault(
    _ parts: (protected: String, signature: String), over payload: [UInt8] = payload, _ keys: KeySet
  ) -> String? {
    do throws(SignatureFault) {
      try DetachedSignature(protected: parts.protected, signature: parts.signature).verify(payload, keys)
      return nil
    } catch {
      return error.reason
    }
  }

  @Test(arguments: [TokenAlgorithm.es256, .edDSA, .rs256, .ps256])
  func `what was signed with one of the keys is good, and nothing else of it`(_ algorithm: TokenAlgorithm) throws {
    let signer = try TokenSigner.generate(algorithm)
    let keys = try Self.keys(of: signer)
    let parts = try Self.parts(of: signer)
    #expect(fault(parts, keys) == nil)
    #expect(fault(parts, over: Self.payload + [0x20], keys) == "it does not fit")
    let other = try Self.parts(of: signer, payload: [0x31])
    #expect(fault((parts.protected, other.signature), keys) == "it does not fit")
    let stranger = try Self.keys(of: try TokenSigner.generate(algorithm))
    #expect(fault(parts, stranger) == "none of the keys is the one that it names")
  }

  @Test func `a header that asks for more than is known is no good`() throws {
    let signer = try TokenSigner.generate(.es256)
    let keys = try Self.keys(of: signer)
    func fault(_ header: String) throws -> String? { self.fault(try Self.parts(of: signer, header: header), keys) }
    #expect(try fault(#"{"alg":"ES256"}"#) == nil)
    #expect(try fault(#"{"alg":"ES256","crit":["x"],"x":1}"#)?.contains("extension") == true)
    #expect(try fault(#"{"alg":"ES256","b64":false}"#)?.contains("extension") == true)
    #expect(try fault(#"{"alg":"none"}"#)?.contains("not made with") == true)
    #expect(try fault(#"{"alg":"HS256"}"#)?.contains("not made with") == true)
    #expect(try fault(#"{"kid":"x"}"#)?.contains("not made with") == true)
    #expect(try fault(#"{"alg":"EdDSA","kid":"\#(signer.keyID)"}"#)?.contains("is not for the way") == true)
    #expect(try fault("[]") == "its header is no JSON object in base64url")
  }

  @Test func `what is not base64url is no good`() throws {
    let signer = try TokenSigner.generate(.es256)
    let keys = try Self.keys(of: signer)
    let parts = try Self.parts(of: signer)
    #expect(fault((parts.protected + "=", parts.signature), keys) == "its header is no JSON object in base64url")
    #expect(fault((parts.protected, parts.signature + "+"), keys) == "it is not in base64url")
    #expect(fault((parts.protected, ""), keys) == "it does not fit")
  }
}
