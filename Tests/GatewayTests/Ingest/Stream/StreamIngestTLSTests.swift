import Foundation
import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// A stream on a server that is spoken to over TLS alone, wants to see a certificate, and has a user for the gateway.
@Suite(.timeLimit(.minutes(3)))
struct StreamIngestTLSTests {
  /// As docs/ingest-redis.md has it.
  private static let user = [
    "ACL", "SETUSER", "signalbox", "on", ">secret", "~signalbox:events*", "resetchannels", "-@all", "+eval", "+get",
    "+set",
    "+del", "+pttl", "+exists", "+@stream", "+client|setname",
  ]

  private static func run(
    configure change: (inout RedisConfiguration, TestCertificateFiles) throws -> Void = { _, _ in },
    _ body: (StreamScene, _ port: Int) async throws -> Void
  ) async throws {
    let files = try CertificateFiles.written()
    let password = try files.folder.write("secret\n", to: "password")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: password)
    let port = try FreePort.find()
    // Beside it is a port without TLS, for the test itself.
    let arguments = [
      "--tls-port", "\(port)", "--tls-cert-file", files.certificate(server: .local), "--tls-key-file",
      files.key(server: .local), "--tls-ca-cert-file", files.clientAuthority, "--tls-auth-clients", "yes",
    ]
    try await StreamScene.run(
      RedisProcess.forgetful + arguments,
      configure: { configuration, _ in
        var redis = RedisConfiguration(server: RedisServer(host: "127.0.0.1", port: port, isEncrypted: true))
        (redis.user, redis.passwordFile) = ("signalbox", password)
        redis.authorityFile = files.serverAuthority
        (redis.certificateFile, redis.keyFile) = (files.certificate(.good), files.key(.good))
        try change(&redis, files)
        configuration.streamIngest?.redis = redis
      },
      before: { (redis: RedisProcess) async throws in
        let answer = try await redis.command(user)
        #expect(answer == "OK")
      }
    ) {
      try await body($0, port)
    }
    // The folder goes with it.
    withExtendedLifetime(files) {}
  }

  @Test func `events come over TLS, with a certificate and a user of its own, and go on after a cut`() async throws {
    try await Self.run { scene, port in
      try await scene.open("t")
      try await scene.publish("t", 1...20)
      try await scene.settle()
      let clients = try await scene.redis.command("CLIENT", "LIST").split(separator: "\n")
      let ours = clients.filter { $0.contains("name=signalbox-ingest") }
      #expect(
        !ours.isEmpty && ours.allSatisfy { $0.contains("laddr=127.0.0.1:\(port)") && $0.contains("user=signalbox") })
      try await scene.redis.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
      try await scene.publish("t", 21...40, end: "completed")
      try await scene.settle()
      #expect(try await scene.numbers("t") == Array(1...40))
      #expect(try await scene.refused() == [])
    }
  }

  @Test func `a password that is not the server's is said with its setting, until it is put right`() async throws {
    try await Self.run(configure: { redis, files in
      let other = try files.folder.write("another\n", to: "other-password")
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: other)
      redis.passwordFile = other
    }) { scene, _ in
      try await scene.open("t")
      try await scene.publish("t", 1...5)
      let isSaid = try await scene.waits(
        for: .waiting,
        error: "does not let us in: WRONGPASS invalid username-password pair or user is disabled. "
          + "Check ingest.redis.user and ingest.redis.password.")
      let error = try await scene.status()["lastError"]?.string ?? ""
      #expect(isSaid, "\(error)")
      try await scene.redis.command("ACL", "SETUSER", "signalbox", ">another")
      try await scene.settle()
      #expect(try await scene.numbers("t") == Array(1...5))
    }
  }

  @Test func `a server that our authorities do not vouch for is not spoken to, and the setting is named`() async throws
  {
    try await Self.run(configure: { redis, files in redis.authorityFile = files.clientAuthority }) { scene, port in
      let isSaid = try await scene.waits(
        for: .waiting, error: "The certificate of 127.0.0.1:\(port) is not good")
      let error = try await scene.status()["lastError"]?.string ?? ""
      #expect(isSaid && error.hasSuffix("See ingest.redis.url and ingest.redis.authority."), "\(error)")
      #expect(try await !scene.redis.command("CLIENT", "LIST").contains("user=signalbox"))
    }
  }

  @Test func `a server that wants to see a certificate is shown one, or the setting is named`() async throws {
    try await Self.run(configure: { redis, _ in (redis.certificateFile, redis.keyFile) = (nil, nil) }) { scene, _ in
      let isSaid = try await scene.waits(for: .waiting, error: "refused our certificate")
      let error = try await scene.status()["lastError"]?.string ?? ""
      #expect(isSaid && error.hasSuffix("See ingest.redis.certificate and ingest.redis.key."), "\(error)")
    }
  }
}
