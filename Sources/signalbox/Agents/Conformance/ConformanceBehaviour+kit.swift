import A2A
import AgentKit
import JSON

// What the public kit expects of a system under test, by the ids that it sends.
extension ConformanceBehaviour {
  static let kit = [
    ConformanceBehaviour("tck-complete-task", "completes, saying \"Hello from TCK\"") { _ in
      .done("Hello from TCK")
    },
    ConformanceBehaviour("tck-input-required", "asks; the id of the answer says how to go on") { context in
      let outcome = try await context.ask(QuestionDraft("What shall I do next?"))
      guard let message = outcome.message else { return .done(nil) }
      return .next(message)
    },
    ConformanceBehaviour("tck-reject-task", "rejects") { _ in throw AgentRejection("rejected") },
    ConformanceBehaviour("tck-message-response", "answers with a message, without a task") { context in
      do {
        try await context.reply("Direct message response")
        return .done(nil)
      } catch let failure as AgentFailure where failure.reason == .misuse {
        // In a task that is there already, the same words are its last.
        return .done("Direct message response")
      }
    },
    artifact("tck-artifact-text", "a text", .text("Generated text content")),
    artifact("tck-artifact-file", "a file", file),
    artifact(
      "tck-artifact-file-url", "a file's URL",
      Part(.url("https://example.com/output.txt"), filename: "output.txt", mediaType: "text/plain")),
    artifact("tck-artifact-data", "JSON", data),
    streamed("tck-stream-001", .text("Stream hello from TCK")),
    ConformanceBehaviour("tck-stream-002", "completes") { _ in .done(nil) },
    streamed("tck-stream-003", .text("Stream task lifecycle")),
    streamed("tck-stream-ordering-001", .text("Ordered output")),
    streamed("tck-stream-artifact-text", .text("Streamed text content")),
    streamed("tck-stream-artifact-file", file),
    ConformanceBehaviour("tck-stream-artifact-chunked", "works, sends an artifact in two pieces, completes") {
      context in
      try await context.progress("Working.")
      try await context.artifact(Artifact(id: "artifact", parts: [.text("chunk-1 ")]), lastChunk: false)
      try await context.artifact(Artifact(id: "artifact", parts: [.text("chunk-2")]), append: true)
      return .done(nil)
    },
    ConformanceBehaviour("test-resubscribe-message-id", "works for 4 s, completes") { context in
      try await context.progress("Working.")
      try await Task.sleep(for: .seconds(4))
      return .done(nil)
    },
  ]

  private static let file = Part(.raw(Array("tck".utf8)), filename: "output.txt", mediaType: "text/plain")

  private static let data: Part = {
    guard let value = try? JSONValue(parsing: #"{"key":"value","count":42}"#) else {
      preconditionFailure("The text above is JSON.")
    }
    return .data(value)
  }()

  private static func artifact(_ prefix: String, _ what: String, _ part: Part) -> ConformanceBehaviour {
    ConformanceBehaviour(prefix, "sends \(what) as an artifact, completes") { context in
      try await context.artifact(Artifact(id: "artifact", parts: [part]))
      return .done(nil)
    }
  }

  private static func streamed(_ prefix: String, _ part: Part) -> ConformanceBehaviour {
    ConformanceBehaviour(prefix, "works, sends an artifact, completes") { context in
      try await context.progress("Working.")
      try await context.artifact(Artifact(id: "artifact", parts: [part]))
      return .done(nil)
    }
  }
}
