import COpenSSL

/// Reading PEM with OpenSSL, each object with its owner. `source` names the file in every error.
enum PEM {
  /// All certificates of a file, in its order; at least one.
  static func certificates(_ pem: [UInt8], source: String) throws(WireError) -> [X509Reference] {
    var found: [X509Reference] = []
    let bio = MemoryBIO(pem)
    OpenSSLErrors.clear()
    while let certificate = unsafe PEM_read_bio_X509(bio.pointer, nil, nil, nil) {
      unsafe found.append(X509Reference(takingOwnershipOf: certificate))
    }
    // The end of the file is reported as an error of its own; anything else is a broken certificate.
    guard isAtEnd(found: !found.isEmpty) else {
      throw WireError(.certificate, "\(source) holds no readable PEM certificate: \(OpenSSLErrors.drain()).")
    }
    return found
  }

  /// The private key of a file, which must not ask for a pass phrase.
  static func privateKey(_ pem: [UInt8], source: String) throws(WireError) -> KeyReference {
    let bio = MemoryBIO(pem)
    OpenSSLErrors.clear()
    guard let key = unsafe PEM_read_bio_PrivateKey(bio.pointer, nil, refusePassPhrase, nil) else {
      throw WireError(
        .certificate, "\(source) holds no readable unencrypted PEM private key: \(OpenSSLErrors.drain()).")
    }
    return unsafe KeyReference(takingOwnershipOf: key)
  }

  /// All revocation lists of a file; at least one.
  static func revocationLists(_ pem: [UInt8], source: String) throws(WireError) -> [CRLReference] {
    var found: [CRLReference] = []
    let bio = MemoryBIO(pem)
    OpenSSLErrors.clear()
    while let list = unsafe PEM_read_bio_X509_CRL(bio.pointer, nil, nil, nil) {
      unsafe found.append(CRLReference(takingOwnershipOf: list))
    }
    guard isAtEnd(found: !found.isEmpty) else {
      throw WireError(.certificate, "\(source) holds no readable PEM revocation list: \(OpenSSLErrors.drain()).")
    }
    return found
  }

  private static func isAtEnd(found: Bool) -> Bool {
    guard found, signalbox_err_is_no_start_line(ERR_peek_last_error()) == 1 else { return false }
    OpenSSLErrors.clear()
    return true
  }
}

/// OpenSSL would otherwise ask for a pass phrase on the terminal.
@c private func refusePassPhrase(
  _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int32, _ writing: Int32, _ data: UnsafeMutableRawPointer?
) -> Int32 {
  -1
}

/// Bytes as an OpenSSL stream.
@safe final class MemoryBIO {
  let pointer: OpaquePointer

  init(_ bytes: [UInt8]) {
    guard let bio = unsafe BIO_new(BIO_s_mem()) else { fatalError("Out of memory for an OpenSSL BIO.") }
    unsafe pointer = unsafe bio
    unsafe _ = bytes.withUnsafeBytes { unsafe BIO_write(bio, $0.baseAddress, Int32($0.count)) }
  }

  deinit {
    unsafe BIO_free_all(pointer)
  }

  var text: String {
    var data: UnsafeMutablePointer<CChar>?
    let length = unsafe signalbox_bio_memory(pointer, &data)
    guard length > 0, let data = unsafe data else { return "" }
    return unsafe String(decoding: UnsafeRawBufferPointer(start: data, count: length), as: UTF8.self)
  }
}

// OpenSSL counts references atomically and these objects are not changed after they were parsed, so they may be shared
// between threads: the reason for each `@unchecked Sendable` below.

@safe final class X509Reference: @unchecked Sendable {
  let pointer: OpaquePointer
  init(takingOwnershipOf pointer: OpaquePointer) { unsafe self.pointer = unsafe pointer }
  deinit { unsafe X509_free(pointer) }
}

@safe final class KeyReference: @unchecked Sendable {
  let pointer: OpaquePointer
  init(takingOwnershipOf pointer: OpaquePointer) { unsafe self.pointer = unsafe pointer }
  deinit { unsafe EVP_PKEY_free(pointer) }
}

@safe final class CRLReference: @unchecked Sendable {
  let pointer: OpaquePointer
  init(takingOwnershipOf pointer: OpaquePointer) { unsafe self.pointer = unsafe pointer }
  deinit { unsafe X509_CRL_free(pointer) }
}
