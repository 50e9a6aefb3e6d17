import Foundation
import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// docs/ingest-redis.md, done as it says; and what clients of AgentArea see of it.
@Suite(.timeLimit(.minutes(3)))
struct StreamDocumentTests {
  private static let page =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/../../../../docs/ingest-redis.md"

  private static func commands() throws -> [String] {
    let text = String(decoding: try #require(FileManager.default.contents(atPath: page)), as: UTF8.self)
    return text.split(separator: "\n").filter { $0.hasPrefix("redis-cli ") }.map(String.init)
  }

  @Test func `the examples open a task, publish to it and end it, and AgentArea's clients read its stream`()
    async throws
  {
    try await StreamScene.run { scene async throws in
      let commands = try Self.commands()
      try #require(commands.count == 5)
      for command in commands {
        let here = command.replacing(
          "redis-cli ", with: "redis-cli -h 127.0.0.1 -p \(scene.redis.port) ", maxReplacements: 1)
        let result = try await RunningProgram.run(program: "/bin/bash", ["-c", here])
        #expect(result.status == 0 && !result.output.contains("ERR"), "\(command): \(result.output)")
      }
      try await scene.settle()
      #expect(try await scene.refused() == [])
      let task = try await scene.scene.task("import-7")
      #expect(task.state == "completed" && task.opening.agent == "nightly-import" && task.title == "Trades of Friday")
      #expect(try await scene.scene.records(of: "import-7").count == 4)
      let answer = try #require(
        try await scene.scene.gateway.ask(
          "GET", "/api/v1/agents/nightly-import/tasks/import-7/events/stream",
          showing: try CertificateFiles.certificates()[.goodOperator]))
      let types = answer.text.split(separator: "\n").filter { $0.hasPrefix("event: ") }.map { String($0.dropFirst(7)) }
      let expected = [
        "connected", "task_created", "WorkflowStarted", "WorkflowToolCallStarted", "custom", "WorkflowCompleted",
      ]
      #expect(types.filter(expected.contains) == expected, "\(types) \(answer.text.prefix(300))")
    }
  }

  @Test func `the line for the access list lets a gateway do all that it does, and no more keys`() async throws {
    let text = String(decoding: try #require(FileManager.default.contents(atPath: Self.page)), as: UTF8.self)
    let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("ACL SETUSER ") })
    let words = line.split(separator: " ").map(String.init)
    let folder = try TemporaryFolder()
    let password = try folder.write("PASSWORD\n", to: "password")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: password)
    try await StreamScene.run(
      configure: { configuration, _ in
        configuration.streamIngest?.redis.user = "signalbox"
        configuration.streamIngest?.redis.passwordFile = password
      },
      before: { (redis: RedisProcess) async throws in
        let answer = try await redis.command(words)
        #expect(answer == "OK")
      }
    ) { scene async throws in
      try await scene.open("t")
      try await scene.publish("t", 1...5)
      try await scene.publish("t", 9...9)
      try await scene.settle()
      #expect(try await scene.numbers("t") == Array(1...5))
      #expect(try await scene.refused().count == 1)
      #expect(try await scene.status()["lastError"] == nil)
      try await scene.redis.command("ACL", "SETUSER", "signalbox", "resetpass", ">other")
      try await scene.redis.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
      #expect(try await scene.waits(for: .waiting, error: "Check ingest.redis.user and ingest.redis.password"))
    }
  }
}
