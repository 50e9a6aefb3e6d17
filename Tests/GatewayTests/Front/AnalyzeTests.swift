import HTTP
import JSON
import TestSupport
import Testing

@testable import Gateway

/// Alerts, as pages and programs send them.
@Suite(.timeLimit(.minutes(3)))
struct AnalyzeTests {
  private static let alert = "<SMARTSAlert><AlertID>17</AlertID></SMARTSAlert>"

  private static func form(_ parts: (String, String)...) -> [UInt8] {
    let texts = parts.map { "--sep\r\nContent-Disposition: form-data; \($0.0)\r\n\r\n\($0.1)\r\n" }
    return Array((texts.joined() + "--sep--\r\n").utf8)
  }
  private static let formType = "multipart/form-data; boundary=sep"

  /// The task's id, where the answer is what pages rely on.
  private func begun(_ answer: TestSupport.Answer) throws -> String {
    #expect(answer.status == 200, "\(answer.text)")
    let value = try JSONValue(parsing: answer.body)
    #expect(value.members.map(\.key) == ["task_id", "stream_url", "ws_url"])
    let id = try #require(value["task_id"]?.string)
    #expect(value["stream_url"]?.string == "/api/stream/\(id)" && value["ws_url"]?.string == "/ws")
    return id
  }

  @Test(arguments: ["alert", "file"])
  func `a page's form begins a task whose agent has the alert, and whose stream can be read`(field: String) async throws
  {
    try await WorkScene.run { scene async throws in
      let body = Self.form((#"name="\#(field)"; filename="a 17.xml""#, Self.alert))
      let id = try begun(try await scene.send("/api/analyze", body, type: Self.formType))
      let task = try await scene.wait(id, for: "completed")
      #expect(task["title"]?.string == "a 17.xml" && task["agent"]?.string == "checker")
      let part = task["snapshot"]?["task"]?["artifacts"]?[0]?["parts"]?[0]
      #expect(part?["text"]?.string == Self.alert && part?["filename"]?.string == "a 17.xml")
      #expect(part?["mediaType"]?.string == "application/xml")
    }
  }

  @Test(arguments: [
    ("application/xml", Self.alert, "text"), ("text/xml; charset=utf-8", Self.alert, "text"),
    ("application/json", #"{"id":17}"#, "data"),
  ])
  func `so does the alert as it is`(type: String, body: String, kind: String) async throws {
    try await WorkScene.run { scene async throws in
      let id = try begun(try await scene.send("/api/analyze", Array(body.utf8), type: type))
      let task = try await scene.wait(id, for: "completed")
      #expect(task["snapshot"]?["task"]?["artifacts"]?[0]?["parts"]?[0]?[kind] != nil)
    }
  }

  @Test func `the agent is named in the form or in the query`() async throws {
    try await WorkScene.run { scene async throws in
      let named = Self.form((#"name="agent""#, "gone"), (#"name="alert""#, Self.alert))
      let first = try begun(try await scene.send("/api/analyze", named, type: Self.formType))
      #expect(try await scene.wait(first, for: "failed")["agent"]?.string == "gone")
      let second = try begun(try await scene.send("/api/analyze?agent=gone", named, type: Self.formType))
      #expect(try await scene.wait(second, for: "failed")["agent"]?.string == "gone")
      let both = try await scene.send("/api/analyze?agent=checker", named, type: Self.formType)
      #expect(both.status == 400 && both.code == "bad-task")
    }
  }

  @Test func `without an alert it says so in the words that pages look for`() async throws {
    try await WorkScene.run { scene async throws in
      let cases: [(String?, [UInt8])] = [
        (nil, []), ("application/xml", []), (Self.formType, Self.form()),
        (Self.formType, Self.form((#"name="alert""#, ""))),
        (Self.formType, Self.form((#"name="agent""#, "checker"))), ("application/x-www-form-urlencoded", []),
      ]
      for (type, body) in cases {
        let answer = try await scene.send("/api/analyze", body, type: type)
        #expect(answer.status == 400 && answer.code == "no-alert", "\(type ?? "none"): \(answer.text)")
        #expect(try answer.member("detail")?.string?.hasPrefix("No alert file provided") == true)
      }
    }
  }

  @Test func `where no task can be begun it says so, with the status and code of the reason`() async throws {
    try await WorkScene.run { scene async throws in
      let answer = try await scene.send("/api/analyze?agent=nobody", Array(Self.alert.utf8), type: "text/xml")
      #expect(answer.status == 404 && answer.code == "no-such-agent")
      #expect(
        try answer.member("detail")?.string?.hasPrefix("Failed to create analysis task. There is no such agent") == true
      )
    }
  }

  @Test func `forms that are broken, and bodies of other types, are refused`() async throws {
    try await WorkScene.run { scene async throws in
      let whole = Self.form((#"name="alert""#, Self.alert))
      for (type, body, expected) in [
        (Self.formType, Array(whole.dropLast(8)), "400 bad-body"),
        (Self.formType, [0x78] + whole, "400 bad-body"), (Self.formType, whole + [0x78], "400 bad-body"),
        ("multipart/form-data", whole, "400 bad-body"), ("text/csv", Array("a;b".utf8), "415 unsupported-media-type"),
        ("application/json", Array("{".utf8), "400 bad-body"),
      ] {
        let answer = try await scene.send("/api/analyze", body, type: type)
        #expect("\(answer.status) \(answer.code ?? "")" == expected, "\(answer.text)")
      }
      #expect(try await scene.get("/api/tasks")["tasks"]?.count == 0)
    }
  }

  @Test func `an alert of a mebibyte is taken both ways, and one byte more is not`() async throws {
    try await WorkScene.run { scene async throws in
      let most = "<a>" + String(repeating: "x", count: (1 << 20) - 3)
      for (type, body) in [("text/xml", Array(most.utf8)), (Self.formType, Self.form((#"name="alert""#, most)))] {
        _ = try begun(try await scene.send("/api/analyze", body, type: type))
      }
      for (type, body) in [
        ("text/xml", Array((most + "x").utf8)), (Self.formType, Self.form((#"name="alert""#, most + "x"))),
        ("text/xml", Array(repeating: 0x78, count: 3 << 20)),
      ] {
        let answer = try await scene.send("/api/analyze", body, type: type)
        #expect(answer.status == 413 && answer.code == "content-too-large", "\(answer.text)")
      }
    }
  }

  @Test func `a page's session needs its token here as everywhere`() async throws {
    try await WorkScene.run { scene async throws in
      let session = try await scene.gateway.signIn(.oscar)
      let body = #"{"alert_text":"<a/>"}"#
      func ask(_ lines: [String]) async throws -> TestSupport.Answer {
        try #require(try await scene.gateway.ask("POST", "/api/analyze", [session.cookie] + lines, body: body))
      }
      #expect(try await ask([]).code == "csrf-required")
      #expect(try await ask([session.csrfLine]).status == 200)
    }
  }
}
