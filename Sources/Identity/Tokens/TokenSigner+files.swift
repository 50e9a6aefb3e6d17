import JSON

/// Key pairs as JWK files.
extension TokenSigner {
  /// Makes a file with the private key that only its owner may read, and, where wanted, one with the public key set for those who
  /// verify. What exists already is an error and stays as it is; when one file cannot be made, neither is there afterwards.
  package func create(privateKey path: String, keySet publicPath: String? = nil) throws(FileError) {
    var created = CreatedFiles()
    do throws(FileError) {
      try created.create(NewFile(path, content: privateText, mode: .ownerOnly, holding: "the private key"))
      guard let publicPath else { return }
      try created.create(NewFile(publicPath, content: keySetText, mode: .readableByAll, holding: "the key set"))
    } catch {
      created.removeAll()
      throw error
    }
  }

  /// The public half as a JWK set, which may be published.
  package var keySetText: String {
    text { writer in
      writer.array("keys") { $0.object { writeKey(to: &$0, includingPrivate: false) } }
    }
  }

  private var privateText: String {
    text { writeKey(to: &$0, includingPrivate: true) }
  }

  private func text(_ body: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter(style: .pretty)
    writer.object(body)
    return String(decoding: writer.bytes, as: UTF8.self) + "\n"
  }

  private func writeKey(to writer: inout JSONWriter, includingPrivate: Bool) {
    numbers.writeMembers(to: &writer, includingPrivate: includingPrivate)
    writer.member("alg", algorithm.rawValue)
    writer.member("use", "sig")
    writer.member("kid", keyID)
  }

  /// Reads a file that only its owner may read.
  package static func load(_ path: String) throws -> TokenSigner {
    let bytes = try FileSystem.readPrivateBytes(path, attempt: "read the private key", limit: KeySet.sizeLimit)
    return try TokenSigner(privateJWK: bytes, source: path)
  }
}
