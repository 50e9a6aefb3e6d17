import COpenSSL

extension Certificate {
  /// The subject as RFC 2253 writes it, `CN=localhost`, with everything escaped that could disturb a terminal.
  package func subject() throws(OpenSSLError) -> String {
    unsafe try text(ofName: X509_get_subject_name(pointer))
  }

  package func issuer() throws(OpenSSLError) -> String {
    unsafe try text(ofName: X509_get_issuer_name(pointer))
  }

  package func serialNumber() throws(OpenSSLError) -> SerialNumber {
    unsafe try SerialNumber(copying: X509_get0_serialNumber(pointer))
  }

  package func notBefore() throws(OpenSSLError) -> UnixTime {
    unsafe try UnixTime(copying: X509_get0_notBefore(pointer))
  }

  package func notAfter() throws(OpenSSLError) -> UnixTime {
    unsafe try UnixTime(copying: X509_get0_notAfter(pointer))
  }

  /// Whether the basic constraints make it an authority; false when there are none.
  package var isAuthority: Bool {
    unsafe X509_get_extension_flags(pointer) & UInt32(EXFLAG_CA) != 0
  }

  /// SHA-256 over the whole certificate, in the upper-case form with colons that other tools print.
  package func fingerprint() throws(OpenSSLError) -> String {
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var count: UInt32 = 0
    try OpenSSLCall.success("digest a certificate") {
      // Safety: X509_digest writes at most EVP_MAX_MD_SIZE bytes.
      unsafe digest.withUnsafeMutableBufferPointer { unsafe X509_digest(pointer, EVP_sha256(), $0.baseAddress, &count) }
    }
    return digest.prefix(Int(count)).map { hexadecimal([$0]) }.joined(separator: ":")
  }

  private func text(ofName name: OpaquePointer?) throws(OpenSSLError) -> String {
    let bio = try MemoryBIO()
    unsafe try bio.withPointer { bio throws(OpenSSLError) in
      // An empty name is legal and prints as nothing, so that 0 is no failure here.
      try OpenSSLCall.success("print a name") {
        unsafe X509_NAME_print_ex(bio, name, 0, signalbox_rfc2253_name_flags()) + 1
      }
    }
    return bio.readText()
  }
}

extension UnixTime {
  /// Copies OpenSSL's time, which keeps its owner.
  init(copying time: UnsafePointer<ASN1_TIME>?) throws(OpenSSLError) {
    let epoch = unsafe try OpenSSLCall.object("write a time") { unsafe ASN1_TIME_set(nil, 0) }
    defer { unsafe ASN1_TIME_free(epoch) }
    var days: CInt = 0
    var seconds: CInt = 0
    try OpenSSLCall.success("read a time") { unsafe ASN1_TIME_diff(&days, &seconds, epoch, time) }
    self.init(seconds: Int64(days) * 86_400 + Int64(seconds))
  }

  /// Lends OpenSSL's form of the time to `body`.
  func withASN1Time(
    _ body: (UnsafeMutablePointer<ASN1_TIME>) throws(OpenSSLError) -> Void
  ) throws(OpenSSLError) {
    let time = unsafe try OpenSSLCall.object("write the time \(description)") {
      unsafe ASN1_TIME_set(nil, time_t(seconds))
    }
    defer { unsafe ASN1_TIME_free(time) }
    unsafe try body(time)
  }
}
