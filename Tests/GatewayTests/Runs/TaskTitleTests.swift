import A2A
import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// What tasks are called: by their senders, by what they begin with, by those who work on them.
@Suite struct TaskTitleTests {
  private static func message(_ text: String, filename: String? = nil) -> Message {
    Message(id: "1", role: .user, parts: [Part(.text(text), filename: filename)])
  }

  @Test(arguments: [
    ("Short", "Short"), ("  First\nSecond", "First"), ("", "Task for checker"), ("\n \t", "Task for checker"),
    (String(repeating: "x", count: 101), String(repeating: "x", count: 100) + "..."),
    (String(repeating: "x", count: 100), String(repeating: "x", count: 100)), ("a\u{7}b", "a"),
    (#"<?xml version="1.0" encoding="UTF-8"?>"#, "Task for checker"), ("\u{FEFF}<Alert>", "Task for checker"),
    ("  <p>Hello</p>", "Task for checker"), (#"{"alert":1}"#, "Task for checker"), ("a < b", "a < b"),
  ])
  func `without a title it is the beginning of what was said, unless that is markup`(text: String, title: String) {
    #expect(TaskTitle.first(of: Self.message(text), agent: "checker") == title)
  }

  @Test(arguments: [
    ("alert.xml", "alert.xml"), ("C:\\alerts\\one two.xml", "one two.xml"), ("/tmp/a\u{7}b.xml", "a b.xml"),
    ("", "Task for checker"), ("\u{1}", "Task for checker"),
  ])
  func `the name of a file comes before what is in it`(name: String, title: String) {
    #expect(TaskTitle.first(of: Self.message("<Alert/>", filename: name), agent: "checker") == title)
  }

  @Test(arguments: [
    (" Insider\n\tdealing  alert ", "Insider dealing alert"), ("a\u{202E}b", "ab"), ("", nil), (" \u{7} ", nil),
    (String(repeating: "é", count: 120), String(repeating: "é", count: 120)),
    (String(repeating: "é", count: 121), String(repeating: "é", count: 119) + "…"),
  ])
  func `what an agent says is made fit for a list`(said: String, title: String?) {
    #expect(TaskTitle.cleaned(said) == title)
  }

  @Test func `an agent calls its task what it finds, and the last word counts, in every list`() async throws {
    try await WorkScene.run { scene async throws in
      let id = try await scene.begin("title Velqor\u{202E} (VELQOR)")
      let asked = try await scene.wait(id, for: "input-required")
      #expect(asked["title"]?.string == "Velqor (VELQOR)")
      #expect(try await scene.get("/api/tasks?text=velqor")["tasks"]?[0]?["title"]?.string == "Velqor (VELQOR)")
      #expect(try await scene.get("/api/tasks?text=title")["tasks"]?.count == 0)
      let isListed = try await eventually { try await scene.get("/api/questions")["questions"]?.count == 1 }
      #expect(isListed)
      #expect(try await scene.get("/api/questions")["questions"]?[0]?["title"]?.string == "Velqor (VELQOR)")
      let round = try await scene.post("/api/tasks:cancel", #"{"filter":"mine","dryRun":true}"#)
      #expect(try round.member("tasks")?[0]?["title"]?.string == "Velqor (VELQOR)")
      _ = try await scene.command("\(id)/messages?wait=60", #"{"text":"Falmor"}"#)
      #expect(try await scene.wait(id, for: "completed")["title"]?.string == "Falmor")
      // What it began with is kept, because producers are known by it.
      #expect(try await scene.journal.task(id)?.opening.title.hasPrefix("title ") == true)
    }
  }
}
