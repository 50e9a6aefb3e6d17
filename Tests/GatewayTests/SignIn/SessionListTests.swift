import HTTP
import JSON
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3)))
struct SessionListTests {
  private func ids(_ answer: Answer) throws -> Set<String> {
    Set(try #require(try answer.json()["sessions"]).elements.compactMap { $0["id"]?.string })
  }

  @Test func `everybody sees the own sessions, and who may administer those of all`() async throws {
    try await TestGateway.run { gateway async throws in
      let (first, second) = (try await gateway.visitor(.oscar), try await gateway.visitor(.oscar))
      let (otto, ada) = (try await gateway.visitor(.otto), try await gateway.visitor(.ada))
      let answer = try await first.ask("GET /api/sessions")
      #expect(try ids(answer) == [first.id, second.id])
      #expect(try answer.json()["total"]?.int == 2)
      let item = try #require(try answer.json()["sessions"]?.elements.first { $0["id"]?.string == first.id })
      #expect(item.members.map(\.key) == ["id", "principal", "by", "opened", "used", "expires", "current"])
      #expect(item["principal"]?.string == "oscar")
      #expect(item["by"]?.string == "a link")
      #expect(item["current"]?.bool == true)
      #expect(try ids(try await otto.ask("GET /api/sessions")) == [otto.id])
      #expect(try ids(try await ada.ask("GET /api/sessions")) == [first.id, second.id, otto.id, ada.id])
      #expect(try ids(try await ada.ask("GET /api/sessions?principal=oscar")) == [first.id, second.id])
      #expect(try ids(try await ada.ask("GET /api/sessions?principal=nobody")) == [])
      #expect(try ids(try await otto.ask("GET /api/sessions?principal=otto")) == [otto.id])
      // The same whether there is such a principal or not.
      let foreign = try await otto.ask("GET /api/sessions?principal=oscar")
      #expect(foreign.status == 403)
      #expect(try await otto.ask("GET /api/sessions?principal=nobody").comparable == foreign.comparable)
      for query in ["principal=otto&principal=otto", "Principal=otto", "x=y"] {
        #expect(try await otto.ask("GET /api/sessions?\(query)").status == 400)
      }
      #expect(try await gateway.ask(.people, "GET /api/sessions").status == 401)
    }
  }

  @Test func `one of the own sessions is ended from another`() async throws {
    try await TestGateway.run { gateway async throws in
      let (first, second) = (try await gateway.visitor(.oscar), try await gateway.visitor(.oscar))
      let answer = try await first.ask("DELETE /api/sessions/\(second.id)")
      #expect(answer.status == 204)
      #expect(answer.fields["set-cookie"] == nil)
      #expect(try await second.isSignedIn() == false)
      #expect(try await first.isSignedIn())
      let own = try await first.ask("DELETE /api/sessions/\(first.id)")
      #expect(own.fields["set-cookie"]?.hasSuffix("Max-Age=0") == true)
    }
  }

  @Test func `somebody else's session answers as one that is not there, and stays`() async throws {
    try await TestGateway.run { gateway async throws in
      let (oscar, otto) = (try await gateway.visitor(.oscar), try await gateway.visitor(.otto))
      let none = try await oscar.ask("DELETE /api/sessions/AAAAAAAAAAAAAAAA")
      #expect(none.status == 404)
      let foreign = try await oscar.ask("DELETE /api/sessions/\(otto.id)")
      #expect(foreign.comparable == none.comparable)
      #expect(try await otto.isSignedIn())
      // Nor can anybody tell by the time of day that it was there and is over.
      try await otto.ask("DELETE /api/session")
      #expect(try await oscar.ask("DELETE /api/sessions/\(otto.id)").comparable == none.comparable)
    }
  }

  @Test func `who may administer ends anybody's`() async throws {
    try await TestGateway.run { gateway async throws in
      let (oscar, ada) = (try await gateway.visitor(.oscar), try await gateway.visitor(.ada))
      #expect(try await ada.ask("DELETE /api/sessions/\(oscar.id)").status == 204)
      #expect(try await oscar.isSignedIn() == false)
      #expect(try await ada.isSignedIn())
      let record = try #require(try await gateway.records().last { $0["event"]?.string == "revoke" })
      #expect(record["who"]?.string == "ada")
      #expect(record["session"]?.string == oscar.id)
      #expect(record["detail"]?.string == "A session of oscar was ended.")
    }
  }

  @Test func `signing out everywhere ends all of the own sessions and no other`() async throws {
    try await TestGateway.run { gateway async throws in
      let (first, second) = (try await gateway.visitor(.oscar), try await gateway.visitor(.oscar))
      let otto = try await gateway.visitor(.otto)
      let answer = try await first.ask("DELETE /api/sessions")
      #expect(answer.status == 200)
      #expect(answer.text == #"{"ended":2}"#)
      #expect(answer.fields["set-cookie"]?.hasSuffix("Max-Age=0") == true)
      for visitor in [first, second] { #expect(try await visitor.isSignedIn() == false) }
      #expect(try await otto.isSignedIn())
    }
  }

  @Test func `somebody with a certificate signs out all browsers`() async throws {
    try await TestGateway.run { gateway async throws in
      let oscar = try await gateway.visitor(.oscar)
      let answer = try await gateway.ask(.people, "DELETE /api/sessions", as: try TestPeople.oscar.certificate())
      #expect(answer.text == #"{"ended":1}"#)
      #expect(answer.fields["set-cookie"] == nil)
      #expect(try await oscar.isSignedIn() == false)
    }
  }

  @Test func `all sessions of a principal are ended by who may administer, and by nobody else`() async throws {
    try await TestGateway.run { gateway async throws in
      let (oscar, otto, ada) = (
        try await gateway.visitor(.oscar), try await gateway.visitor(.otto), try await gateway.visitor(.ada)
      )
      #expect(try await otto.ask("DELETE /api/sessions?principal=oscar").status == 403)
      #expect(try await oscar.isSignedIn())
      #expect(try await ada.ask("DELETE /api/sessions?principal=oscar").text == #"{"ended":1}"#)
      #expect(try await oscar.isSignedIn() == false)
      for visitor in [otto, ada] { #expect(try await visitor.isSignedIn()) }
    }
  }

  @Test func `without the page's token nothing is ended`() async throws {
    try await TestGateway.run { gateway async throws in
      let oscar = try await gateway.visitor(.oscar)
      let cookie = "Cookie: __Host-signalbox=\(try #require(oscar.cookie))"
      for path in ["/api/sessions", "/api/sessions/\(oscar.id)"] {
        #expect(try await gateway.ask(.people, "DELETE \(path)", fields: [cookie]).status == 403)
      }
      #expect(try await oscar.isSignedIn())
    }
  }
}
