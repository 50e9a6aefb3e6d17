import HTTP
import JSON
import Journal
import TestSupport
import Testing
import Wire

@testable import Gateway

/// Promise 10 for those who watch: an error ends it at once, with the cause, and nothing pretends to go on.
@Suite struct Promise10FailFastTests {
  private func code(_ answer: Answer) -> String? { (try? JSONValue(parsing: answer.body))?["code"]?.string }

  @Test func `what cannot be watched is refused at once, with a code and what to do`() async throws {
    try await RecordStand.run { stand async throws in
      try await stand.open("t1")
      for (path, status, expected) in [
        ("/none", 404, "not-found"), ("/t1?after=x", 400, "bad-cursor"), ("?tasks=", 400, "bad-scope"),
        ("/t1?afer=earliest", 400, "bad-query"),
      ] {
        let answer = try await stand.ask(path)
        #expect(answer.status == status && code(answer) == expected, "\(path): \(answer.text)")
        #expect(answer.fields["content-type"] == "application/problem+json")
      }
    }
  }

  @Test func `a journal that can be read no more ends the streams that need it, and new ones are told`() async throws {
    try await RecordStand.run {
      $0.publicListener.deadlines.minimumRate.window = .seconds(600)
    } _: { stand async throws in
      try await stand.open("t1")
      // More than the kernel takes for somebody who does not read.
      try await stand.say("t1", 200, size: 100_000)
      let reader = try await stand.watch("/t1", receiveBuffer: 4096, checking: StreamChecker(of: ["t1"]))
      #expect(await reader.read(records: 1))
      await stand.journal.close()
      let answer = try await stand.ask("/t1")
      #expect(answer.status == 503 && code(answer) == "draining", "\(answer.text)")
      #expect(await reader.finish() == "failed")
      #expect(reader.checker.faults == [])
      #expect(reader.checker.recordCount < 201)
    }
  }
}
