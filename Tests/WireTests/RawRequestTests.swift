import HTTP
import TestSupport
import Testing

/// The table of raw requests, each on a connection of its own over TLS: exactly the expected answers, never two for one, never a
/// hang, and a close that does not lose the last answer.
@Suite struct RawRequestTests {
  @Test func `every raw request gets exactly its answers`() async throws {
    #expect(RawRequests.all.count >= 120)
    try await TestServer.run { server in
      for raw in RawRequests.all {
        let (answers, ending) = try await server.client { client in
          try client.send(raw.bytes)
          // A client that waits for the end of an open connection says so by ending its own half.
          var answers: [Answer] = []
          for index in raw.expected.indices {
            guard let answer = client.answer(toHead: raw.answersToHead.contains(index)) else { break }
            answers.append(answer)
          }
          if !raw.closes { client.sendCloseNotify() }
          return (answers, client.receiveAll())
        }
        #expect(answers.map(\.status) == raw.expected, "\(raw.name)")
        #expect(ending.bytes.isEmpty, "\(raw.name): more than was expected")
        if raw.closes { #expect(ending.ending == .goodbye, "\(raw.name)") }
        for answer in answers where answer.status >= 400 {
          #expect(answer.fields["content-type"] == "application/problem+json", "\(raw.name)")
        }
      }
    }
  }
}
