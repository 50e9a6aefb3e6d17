/// A secret that an operator keeps in a file: one line.
package enum SecretFile {
  /// Refuses a file that other users could have read. Blocks.
  /// - Parameter attempt: a verb with its object, for errors: `read the client secret`.
  package static func read(_ path: String, attempt: String) throws(FileError) -> [UInt8] {
    var bytes = try FileSystem.readPrivateBytes(path, attempt: attempt, limit: 4096)
    // Editors end the line, which is not part of the secret.
    while let last = bytes.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { bytes.removeLast() }
    return bytes
  }
}
