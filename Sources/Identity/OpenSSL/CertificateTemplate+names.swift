import COpenSSL

extension CertificateTemplate {
  /// Writes the names byte for byte, NULs included: OpenSSL's own text syntax for them would stop at the first.
  func addAlternativeNames(to certificate: Certificate) throws(OpenSSLError) {
    let stack = unsafe try OpenSSLCall.object("make subject alternative names") { unsafe GENERAL_NAMES_new() }
    defer { unsafe GENERAL_NAMES_free(stack) }
    for name in alternativeNames {
      let generalName = unsafe try name.makeGeneralName()
      do throws(OpenSSLError) {
        try OpenSSLCall.success("add the name \(name)") { unsafe signalbox_general_names_push0(stack, generalName) }
      } catch {
        unsafe GENERAL_NAME_free(generalName)
        throw error
      }
    }
    try OpenSSLCall.success("add subject alternative names to a certificate") {
      unsafe X509_add1_ext_i2d(
        certificate.pointer, NID_subject_alt_name, UnsafeMutableRawPointer(stack), 0, UInt(X509V3_ADD_DEFAULT))
    }
  }
}

extension SubjectAlternativeName {
  /// The caller owns the result.
  fileprivate func makeGeneralName() throws(OpenSSLError) -> UnsafeMutablePointer<GENERAL_NAME> {
    let (type, stringType): (CInt, CInt) =
      switch kind {
      case .uri: (GEN_URI, V_ASN1_IA5STRING)
      case .dns: (GEN_DNS, V_ASN1_IA5STRING)
      case .email: (GEN_EMAIL, V_ASN1_IA5STRING)
      case .ipAddress: (GEN_IPADD, V_ASN1_OCTET_STRING)
      case .other: preconditionFailure("Cannot write a name of another kind than URI, DNS, email or IP.")
      }
    let string = unsafe try OpenSSLCall.object("make a name") { unsafe ASN1_STRING_type_new(stringType) }
    do throws(OpenSSLError) {
      try OpenSSLCall.success("write the name \(self)") { unsafe ASN1_STRING_set(string, bytes, CInt(bytes.count)) }
      let name = unsafe try OpenSSLCall.object("make a name") { unsafe GENERAL_NAME_new() }
      // From here on the name owns the string.
      unsafe GENERAL_NAME_set0_value(name, type, string)
      return unsafe name
    } catch {
      unsafe ASN1_STRING_free(string)
      throw error
    }
  }
}
