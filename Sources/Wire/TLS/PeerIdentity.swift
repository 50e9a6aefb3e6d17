import COpenSSL

/// Who a certificate says it is, as a value.
package struct PeerIdentity: Sendable, Equatable {
  /// The subject in RFC 2253 form, such as `CN=insider-trading`. For logs; authorisation goes by the SAN.
  package let subject: String
  /// SAN entries of type URI and DNS, in the certificate's order.
  package let uris: [String]
  package let dnsNames: [String]
  /// True when an entry holds a NUL, a control character or a byte that is not ASCII. Such entries are not listed above.
  package let hasMalformedName: Bool
  /// SHA-256 of the DER form, in lower-case hexadecimal.
  package let fingerprint: String
  /// The serial number in hexadecimal, as revocation lists name it.
  package let serial: String
  /// Seconds since 1970.
  package let notBefore: Int64
  package let notAfter: Int64
  /// The same as OpenSSL prints them.
  let notBeforeText: String
  let notAfterText: String

  /// Copies out of a certificate that the caller keeps.
  init(certificate: OpaquePointer) throws(WireError) {
    subject = unsafe Self.subject(of: certificate)
    let names = unsafe SubjectAlternativeNames(of: certificate)
    uris = names.uris
    dnsNames = names.dnsNames
    hasMalformedName = names.hasMalformedEntry
    fingerprint = unsafe Self.fingerprint(of: certificate)
    serial = unsafe Self.serial(of: certificate)
    (notBefore, notBeforeText) = try unsafe Self.time(X509_get0_notBefore(certificate))
    (notAfter, notAfterText) = try unsafe Self.time(X509_get0_notAfter(certificate))
  }

  private static func subject(of certificate: OpaquePointer) -> String {
    let bio = MemoryBIO([])
    unsafe _ = X509_NAME_print_ex(bio.pointer, X509_get_subject_name(certificate), 0, signalbox_rfc2253_name_flags())
    return bio.text
  }

  private static func fingerprint(of certificate: OpaquePointer) -> String {
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var length: UInt32 = 0
    unsafe _ = X509_digest(certificate, EVP_sha256(), &digest, &length)
    return digest.prefix(Int(length)).map(Hexadecimal.text).joined()
  }

  private static func serial(of certificate: OpaquePointer) -> String {
    guard let number = unsafe ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nil) else { return "" }
    defer { unsafe BN_free(number) }
    guard let text = unsafe BN_bn2hex(number) else { return "" }
    defer { unsafe CRYPTO_free(text, #file, #line) }
    return unsafe String(cString: text).lowercased()
  }

  /// Seconds since 1970, and as OpenSSL prints it.
  static func time(_ time: UnsafePointer<ASN1_TIME>?) throws(WireError) -> (Int64, String) {
    guard let epoch = unsafe ASN1_TIME_set(nil, 0) else { fatalError("Out of memory for a time.") }
    defer { unsafe ASN1_TIME_free(epoch) }
    var days: Int32 = 0
    var seconds: Int32 = 0
    guard unsafe ASN1_TIME_diff(&days, &seconds, epoch, time) == 1 else {
      throw WireError(.certificate, "A certificate carries an unreadable validity date.")
    }
    let bio = MemoryBIO([])
    unsafe _ = ASN1_TIME_print(bio.pointer, time)
    return (Int64(days) * 86_400 + Int64(seconds), bio.text)
  }
}

/// The SAN entries that identify: URI and DNS, read with their lengths, because a NUL inside is an attack and not an end.
private struct SubjectAlternativeNames {
  var uris: [String] = []
  var dnsNames: [String] = []
  var hasMalformedEntry = false

  init(of certificate: OpaquePointer) {
    guard let extensionData = unsafe X509_get_ext_d2i(certificate, NID_subject_alt_name, nil, nil) else {
      // No extension, or one that does not parse; OpenSSL says which only by its queue.
      OpenSSLErrors.clear()
      return
    }
    let names = OpaquePointer(extensionData)
    defer { unsafe GENERAL_NAMES_free(names) }
    let count = unsafe signalbox_general_names_count(names)
    for index in 0..<count {
      guard let name = unsafe signalbox_general_names_get0(names, index) else { continue }
      var length: Int32 = 0
      guard let text = unsafe signalbox_general_name_text(name, &length) else { continue }
      let bytes = unsafe UnsafeBufferPointer(start: text, count: Int(length))
      guard !bytes.isEmpty, unsafe bytes.allSatisfy({ (0x21...0x7E).contains($0) }) else {
        hasMalformedEntry = true
        continue
      }
      let value = unsafe String(decoding: bytes, as: UTF8.self)
      if unsafe name.pointee.type == GEN_URI { uris.append(value) } else { dnsNames.append(value) }
    }
  }
}
