extension DevelopmentPKI {
  /// Runs `steps` while nobody else changes the folder.
  func locked<Result>(_ steps: () throws(PKIError) -> Result) throws(PKIError) -> Result {
    let lock = try PKIError.files { () throws(FileError) in try FolderLock(locking: layout.directory) }
    let result = try steps()
    // Reached when `steps` succeeded; when they throw, going out of scope releases the lock.
    _ = consume lock
    return result
  }

  func readIndex() throws(PKIError) -> CertificateIndex {
    let text = try PKIError.files { () throws(FileError) in
      // Room for some 200 000 certificates.
      try FileSystem.read(layout.index, attempt: "read the index", limit: 1 << 24)
    }
    do throws(CertificateIndex.ParsingError) {
      return try CertificateIndex(text: text)
    } catch {
      throw .corruptIndex(path: layout.index, line: error.line, reason: error.reason)
    }
  }

  func writeIndex(_ index: CertificateIndex) throws(PKIError) {
    try PKIError.files { () throws(FileError) in
      try FileSystem.replace(layout.index, content: index.text, mode: .readableByAll, attempt: "write the index")
    }
  }

  /// Reads an authority with its key, and refuses one that can sign nothing any more.
  func readAuthority(_ files: PKILayout.Pair, now: UnixTime) throws(PKIError) -> CertifiedKey {
    let (certificateText, keyText) = try PKIError.files { () throws(FileError) in
      (
        try FileSystem.read(files.certificate, attempt: "read the authority's certificate"),
        try FileSystem.readPrivate(files.key, attempt: "read the authority's private key")
      )
    }
    let certificate = try PKIError.reading(files.certificate, holds: "a certificate") { () throws(OpenSSLError) in
      try Certificate(pem: certificateText)
    }
    let key = try PKIError.reading(files.key, holds: "a private key") { () throws(OpenSSLError) in
      try PrivateKey(pem: keyText)
    }
    guard certificate.belongs(to: key) else {
      throw .mismatchedKey(certificate: files.certificate, key: files.key)
    }
    let notAfter = try PKIError.openSSL { () throws(OpenSSLError) in try certificate.notAfter() }
    guard now < notAfter else { throw .authorityExpired(path: files.certificate, notAfter: notAfter) }
    return CertifiedKey(certificate: certificate, key: key)
  }

  static func checkValidity(days: Int) throws(PKIError) {
    guard (1...longestValidity).contains(days) else { throw .invalidValidity(days: days) }
  }
}
