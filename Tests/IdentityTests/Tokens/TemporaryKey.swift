import Foundation
import TestSupport
import Testing

@testable import Identity

/// A private key as a file, so that the `openssl` command can sign in ways that we do not.
struct TemporaryKey {
  private let folder: TemporaryFolder

  init(_ signer: TokenSigner) throws {
    folder = try TemporaryFolder()
    try folder.write(try signer.key.pem(), to: "key.pem", mode: 0o600)
  }

  func sign(_ text: String, _ options: String...) throws -> [UInt8] {
    let message = folder.path("message")
    try Data(text.utf8).write(to: URL(filePath: message))
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments =
      ["openssl", "dgst", "-sha256", "-sign", folder.path("key.pem")] + options + [
        "-out", folder.path("signature"), message,
      ]
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return Array(try Data(contentsOf: URL(filePath: folder.path("signature"))))
  }
}

extension PrivateKey {
  /// The public half as the `openssl` command writes it.
  func publicPEM() throws -> String {
    let folder = try TemporaryFolder()
    let file = try folder.write(try pem(), to: "key.pem", mode: 0o600)
    return try OpenSSLTool.run("pkey", "-in", file, "-pubout").text
  }
}
