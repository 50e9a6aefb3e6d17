/// Why the development PKI did not do what it was asked to do. Unless a case says otherwise, nothing on disk has changed.
package enum PKIError: Error, Hashable, Sendable {
  /// A name that cannot stand in a certificate; `rule` says what could.
  case invalidName(String, rule: String)
  case invalidValidity(days: Int)
  /// Something would have been overwritten.
  case alreadyExists(path: String, advice: String)
  case folderOpenToOthers(path: String, mode: FileMode)
  case notAPKI(path: String, missing: String)
  case corruptIndex(path: String, line: Int, reason: String)
  /// A file that does not hold what its name promises.
  case unreadable(path: String, holds: String, cause: OpenSSLError)
  case mismatchedKey(certificate: String, key: String)
  case authorityExpired(path: String, notAfter: UnixTime)
  case noSuchCertificate(String, index: String)
  /// Only the client authority has a revocation list.
  case notRevocable(IndexEntry)
  case alreadyRevoked([IndexEntry])
  case openSSL(OpenSSLError)
  case file(FileError)
}

extension PKIError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .invalidName(let name, let rule):
      "The name \(name.debugDescription) cannot be used: \(rule)"
    case .invalidValidity(let days):
      "A validity of \(days) days cannot be used: it must be 1 to \(DevelopmentPKI.longestValidity) days."
    case .alreadyExists(let path, let advice):
      "\(path) already exists, and nothing is ever overwritten. Nothing was changed. \(advice)"
    case .folderOpenToOthers(let path, let mode):
      "The folder \(path) has the mode \(mode), so other users could exchange the keys in it. Run: chmod go-w \(path)"
    case .notAPKI(let path, let missing):
      "\(path) holds no development PKI: \(missing) is missing. Check the folder, or make one with: "
        + "signalbox certs init --dir \(path)"
    case .corruptIndex(let path, let line, let reason):
      "Line \(line) of the index \(path) is damaged: \(reason) Restore the file from a copy, or mend that line; until "
        + "then nothing is issued or revoked."
    case .unreadable(let path, let holds, let cause):
      "\(path) does not hold \(holds). \(cause) Restore the file from a copy."
    case .mismatchedKey(let certificate, let key):
      "The key \(key) does not belong to the certificate \(certificate). Restore both from the same copy."
    case .authorityExpired(let path, let notAfter):
      "The authority \(path) expired at \(notAfter), and can sign nothing any more. Make a new PKI in another folder with: "
        + "signalbox certs init --dir DIR"
    case .noSuchCertificate(let wanted, let index):
      "There is no certificate \(wanted) in \(index). The command signalbox certs list shows all of them."
    case .notRevocable(let entry):
      "The certificate \(entry.serialNumber) (\(entry.holder)) cannot be revoked: only client certificates can. A "
        + "server's certificate is replaced by issuing a new one, an authority by making a new PKI."
    case .alreadyRevoked(let entries):
      entries.map { "The certificate \($0.serialNumber) (\($0.holder)) is already \($0.state)." }.joined(separator: " ")
    case .openSSL(let error): error.description
    case .file(let error): error.description
    }
  }
}

extension PKIError {
  /// Runs steps that fail with files.
  static func files<Result: ~Copyable>(_ steps: () throws(FileError) -> Result) throws(PKIError) -> Result {
    do throws(FileError) { return try steps() } catch { throw .file(error) }
  }

  /// Runs steps that fail in OpenSSL.
  static func openSSL<Result>(_ steps: () throws(OpenSSLError) -> Result) throws(PKIError) -> Result {
    do throws(OpenSSLError) { return try steps() } catch { throw .openSSL(error) }
  }

  /// Reads a file's content with OpenSSL; `holds` is what it should be, with its article.
  static func reading<Result>(
    _ path: String, holds: String, _ steps: () throws(OpenSSLError) -> Result
  ) throws(PKIError) -> Result {
    do throws(OpenSSLError) { return try steps() } catch {
      throw .unreadable(path: path, holds: holds, cause: error)
    }
  }
}
