import Foundation
import JSON
import TestSupport
import Testing

/// What `examples` has, run as people run it.
@Suite(.timeLimit(.minutes(2)))
struct ExampleProcessTests {
  @Test func `the script publishes its progress to a demo, where people find the task`() async throws {
    let scratch = try Scratch()
    let script = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../examples/publish-progress").standardized.path
    let arguments = ["demo", "--dir", "demo", "--port", "0", "--no-browser", "--agents", "none"]
    try await RunningProgram.with(arguments, folder: scratch.path) { demo in
      _ = try #require(await demo.output.line(containing: "Ctrl-C"), "\(demo.errors.text)")
      let bytes = try #require(FileManager.default.contents(atPath: "\(scratch.path)/demo/ready.json"))
      let ready = try JSONValue(parsing: Array(bytes))
      let gateway = try #require(ready["pids"]?["gateway"]?.int.flatMap { Int32(exactly: $0) })
      // Should the demo fail to end it, the test does.
      defer { if OtherProcess.isRunning(gateway) { kill(gateway, SIGKILL) } }

      let published = try await RunningProgram.run(
        program: "/bin/sh", [script, "demo"], environment: ["PAUSE": "0"], folder: scratch.path)
      #expect(published.status == 0, "\(published.errors)")
      #expect(published.output.split(separator: "\n").count == 11, "\(published.output)")

      func text(_ value: JSONValue?) throws -> String { try #require(value?.string) }
      let answer = try await RunningProgram.curl([
        "--cacert", try text(ready["ca"]), "--cert", try text(ready["operator"]?["cert"]), "--key",
        try text(ready["operator"]?["key"]), try text(ready["url"]) + "/api/tasks",
      ])
      let task = try JSONValue(parsing: answer.output)["tasks"]?[0]
      #expect(task?["title"]?.string == "Counting to ten", "\(answer.output)")
      #expect(task?["state"]?.string == "completed" && task?["lastSeq"]?.int == 11)
      demo.signal(SIGTERM)
      #expect(try await demo.result().status == 0)
    }
  }
}
