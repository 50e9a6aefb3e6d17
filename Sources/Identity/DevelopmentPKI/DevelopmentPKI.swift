/// A folder with two certificate authorities for development, one for servers and one for clients, and what they have
/// issued. Two, so that no client certificate is ever good for playing the server, and the reverse.
///
/// Everything is read from the folder when it is needed and nothing is kept, so several of these, also in several
/// processes, may work on one folder: those that change it take turns by a lock on the folder. All of it blocks on the
/// disk. Keys are P-256; certificates last 365 days at most, and no longer than the authority that signed them.
package struct DevelopmentPKI: Hashable, Sendable {
  package let layout: PKILayout

  /// Below the 366 days from which on some clients distrust a certificate.
  package static let longestValidity = 365
  /// Certificates and lists begin this much before they are made, for machines whose clock is a little behind.
  static let clockTolerance: Int64 = 300

  init(layout: PKILayout) {
    self.layout = layout
  }

  /// Opens the PKI that `create` made in `directory`. Fails when there is none, or when its index is damaged.
  package init(opening directory: String) throws(PKIError) {
    self.init(layout: PKILayout(directory: directory))
    switch try PKIError.files({ () throws(FileError) in try FileSystem.status(of: layout.index) })?.kind {
    case .file: _ = try readIndex()
    case .folder, .other, nil: throw .notAPKI(path: layout.directory, missing: layout.index)
    }
  }

  /// Everything issued, oldest first.
  package func list() throws(PKIError) -> [IndexEntry] {
    try readIndex().entries
  }

  /// Describes the first certificate in any PEM file.
  package static func show(_ path: String) throws(PKIError) -> CertificateDescription {
    let text = try PKIError.files { () throws(FileError) in
      try FileSystem.read(path, attempt: "read the certificate")
    }
    return try PKIError.reading(path, holds: "a certificate") { () throws(OpenSSLError) in
      try CertificateDescription(pem: text)
    }
  }
}
