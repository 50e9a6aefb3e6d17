import COpenSSL

extension Certificate {
  /// The subject alternative names in their order; empty when there are none. Throws when the extension is malformed or
  /// stands there twice, because then nobody can say whose certificate it is.
  package func subjectAlternativeNames() throws(OpenSSLError) -> [SubjectAlternativeName] {
    guard let names = unsafe try extensionValue(NID_subject_alt_name, "subject alternative names") else { return [] }
    let stack = OpaquePointer(names)
    defer { unsafe GENERAL_NAMES_free(stack) }
    return unsafe (0..<signalbox_general_names_count(stack)).compactMap { index in
      unsafe signalbox_general_names_get0(stack, index).map { unsafe SubjectAlternativeName(copying: $0) }
    }
  }

  /// The extended key usages; nil when the extension is absent, which is no permission.
  package func extendedKeyUsages() throws(OpenSSLError) -> [ExtendedKeyUsage]? {
    guard let usages = unsafe try extensionValue(NID_ext_key_usage, "extended key usages") else { return nil }
    let stack = OpaquePointer(usages)
    defer { unsafe EXTENDED_KEY_USAGE_free(stack) }
    return unsafe (0..<signalbox_key_usages_count(stack)).compactMap { index in
      unsafe signalbox_key_usages_get0(stack, index).map { unsafe ExtendedKeyUsage(copying: $0) }
    }
  }

  /// The decoded extension, which the caller owns, or nil when it is absent.
  private func extensionValue(
    _ identifier: CInt, _ name: String
  ) throws(OpenSSLError) -> UnsafeMutableRawPointer? {
    ERR_clear_error()
    // "*crit is set to -1 if the extension is not found, -2 if it occurs more than once" (X509_get_ext_d2i(3)).
    var criticality: CInt = 0
    if let value = unsafe X509_get_ext_d2i(pointer, identifier, &criticality, nil) { return unsafe value }
    if criticality == -1 { return nil }
    throw OpenSSLError(draining: "read the \(name) of a certificate")
  }
}

extension SubjectAlternativeName {
  fileprivate init(copying name: UnsafePointer<GENERAL_NAME>) {
    var type: CInt = 0
    let value = unsafe GENERAL_NAME_get0_value(name, &type)
    let kind: Kind =
      switch type {
      case GEN_URI: .uri
      case GEN_DNS: .dns
      case GEN_IPADD: .ipAddress
      case GEN_EMAIL: .email
      default: .other
      }
    // Safety: for these four types the value is an ASN1_STRING (GENERAL_NAME_get0_value(3)); for others it may not be.
    guard kind != .other, let string = unsafe value?.assumingMemoryBound(to: ASN1_STRING.self) else {
      self.init(kind: .other, bytes: [])
      return
    }
    let bytes = unsafe UnsafeBufferPointer(start: ASN1_STRING_get0_data(string), count: Int(ASN1_STRING_length(string)))
    unsafe self.init(kind: kind, bytes: Array(bytes))
  }
}

extension ExtendedKeyUsage {
  fileprivate init(copying object: OpaquePointer) {
    // The longest identifier in use has some 60 characters; a longer one comes out cut, and matches nothing.
    var text = [CChar](repeating: 0, count: 128)
    unsafe text.withUnsafeMutableBufferPointer { room in
      _ = unsafe OBJ_obj2txt(room.baseAddress, CInt(room.count), object, 1)
    }
    self.init(identifier: String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
  }
}
