import COpenSSL
import Identity
import JSON

/// libFuzzer's entry, in three ways: `K` and a key set; `S`, a header, a line feed and a payload, which are signed here; any other bytes
/// as a token. Whatever comes is refused in a sentence that may go into a field, or is what it claims to be.
@c(LLVMFuzzerTestOneInput)
func fuzzTokens(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  switch bytes.first {
  case UInt8(ascii: "K"): readKeySet(Array(bytes.dropFirst()))
  case UInt8(ascii: "S"):
    let parts = bytes.dropFirst().split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
    judge(sign(Array(parts[0]), parts.count == 2 ? Array(parts[1]) : []), isSigned: true)
  default: judge(String(decoding: bytes, as: UTF8.self), isSigned: false)
  }
  return 0
}

private let now = UnixTime(seconds: 1_800_000_000)
private let secret = [UInt8](repeating: 7, count: 32)
private let (verifier, keys) = make()

private func make() -> (TokenVerifier, KeySet) {
  var rules = TokenRules(issuer: "i", audiences: ["a"])
  rules.algorithms.insert(.hs256)
  do {
    let keys = try KeySet(jwks: Array(try TokenSigner.generate(.edDSA).keySetText.utf8), source: "ours")
    return (TokenVerifier(rules: rules), keys.with(try TokenSecret(secret, source: "ours")))
  } catch {
    preconditionFailure("Our own key set is refused: \(error)")
  }
}

private func readKeySet(_ bytes: [UInt8]) {
  do throws(KeySetError) {
    let set = try KeySet(jwks: bytes, source: "keys")
    precondition(set.leftOut.count < 100 && bytes.count <= KeySet.sizeLimit)
    // Whatever keys these are, they have signed nothing.
    precondition((try? verifier.verify("e30.e30.AAAA", keys: set, now: now)) == nil)
  } catch {
    precondition(error.description.hasPrefix("keys "), "The source is not named: \(error)")
  }
}

private func judge(_ token: String, isSigned: Bool) {
  _ = try? UnverifiedToken(token)
  do throws(TokenFault) {
    let verified = try verifier.verify(token, keys: keys, now: now)
    precondition(isSigned, "A token that nobody has signed is good: \(token)")
    let claims = verified.claims
    precondition(claims.issuer == "i" && !claims.subject.isEmpty && claims.subject.utf8.count <= 255)
    precondition(claims.expires.seconds > now.seconds - 30 && claims.expires.seconds <= 253_402_300_799)
    precondition(verified.payload["exp"] != nil && verified.payload["aud"] != nil)
    // Another secret has not signed it.
    guard let other = try? TokenSecret([UInt8](repeating: 8, count: 32), source: "other") else { return }
    precondition((try? verifier.verify(token, keys: keys.with(other), now: now)) == nil)
  } catch {
    let text = error.description.utf8
    precondition(text.allSatisfy { (0x20...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }, "\(error)")
    precondition(
      error != .keysUnavailable && (!isSigned || error != .signature), "It is not the token's fault: \(error)")
  }
}

private func sign(_ header: [UInt8], _ payload: [UInt8]) -> String {
  let signed = Base64URL.encode(header) + "." + Base64URL.encode(payload)
  let message = Array(signed.utf8)
  var code = [UInt8](repeating: 0, count: 32)
  unsafe _ = HMAC(EVP_sha256(), secret, 32, message, message.count, &code, nil)
  return signed + "." + Base64URL.encode(code)
}
