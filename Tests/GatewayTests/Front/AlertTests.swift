import A2A
import HTTP
import JSON
import Testing

@testable import Gateway

struct AlertTests {
  private static func alert(_ text: String, _ type: String? = nil, _ name: String? = nil) throws -> Alert {
    try Alert(Array(text.utf8), mediaType: type, filename: name)
  }

  @Test func `an alert of text comes as text, with its name and type`() throws {
    let alert = try Self.alert("<a>\u{e9}</a>", "text/xml", "C:\\alerts\\one.xml")
    #expect(alert.part == Part(.text("<a>\u{e9}</a>"), filename: "one.xml", mediaType: "text/xml"))
    #expect(alert.title == "one.xml")
  }

  @Test func `what is no UTF-8 comes as bytes`() throws {
    let bytes = Array("<?xml version='1.0' encoding='ISO-8859-1'?><a>".utf8) + [0xE9] + Array("</a>".utf8)
    let alert = try Alert(bytes, mediaType: "application/xml", filename: nil)
    #expect(alert.part.content == .raw(bytes) && alert.title == nil)
  }

  @Test func `JSON comes as data, and the text in the form of others as text`() throws {
    let alert = try Self.alert(#"{"id":1}"#, "application/json")
    #expect(alert.part.content == .data(try .init(parsing: #"{"id":1}"#)))
    #expect(try Self.alert(#"{"alert_text":"<a/>"}"#, "application/json").part.content == .text("<a/>"))
    #expect(throws: Refusal.self) { try Self.alert("{", "application/json") }
  }

  @Test(arguments: [
    (nil, "a.xml", "<a/>", "application/xml"), ("application/octet-stream", "a.csv", "1", "text/csv"),
    (nil, nil, "  <a/>", "application/xml"), (nil, "alert", "\n<a/>", "application/xml"),
    (nil, nil, "x", "application/octet-stream"), ("text/xml", "a.csv", "x", "text/xml"),
  ])
  func `its type is what the sender says, or what its name and first byte say`(
    said: String?, name: String?, text: String, type: String
  ) throws {
    #expect(try Self.alert(text, said, name).part.mediaType == type)
  }

  @Test func `nothing is no alert`() {
    let refusal = #expect(throws: Refusal.self) { try Self.alert("", "text/xml", "a.xml") }
    #expect(refusal?.detail.hasPrefix("No alert file provided") == true && refusal?.code == "no-alert")
  }

  // MARK: Forms

  private static func form(_ parts: [(head: String, content: String)]) -> [UInt8] {
    let texts = parts.map { "--b\r\nContent-Disposition: form-data; \($0.head)\r\n\r\n\($0.content)\r\n" }
    return Array((texts.joined() + "--b--\r\n").utf8)
  }

  private static func read(_ parts: (head: String, content: String)...) throws -> (Alert, agent: String?) {
    var form = try AlertForm(contentType: "multipart/form-data; boundary=b")
    let bytes = Self.form(parts)
    for start in stride(from: 0, to: bytes.count, by: 1000) {
      try form.take(Array(bytes[start..<min(start + 1000, bytes.count)]))
    }
    return try form.finish()
  }

  @Test(arguments: ["alert", "file"])
  func `a form has the alert under one of two names, and perhaps an agent`(name: String) throws {
    let (alert, agent) = try Self.read((#"name="agent""#, "checker"), (#"name="\#(name)"; filename="a.xml""#, "<a/>"))
    #expect(alert.part == Part(.text("<a/>"), filename: "a.xml", mediaType: "application/xml"))
    #expect(agent == "checker")
    #expect(try Self.read((#"name="\#(name)""#, "<a/>"), (#"name="agent""#, "")).agent == nil)
  }

  @Test func `a form without an alert, with two, or with something else is refused`() {
    func refusal(_ parts: (head: String, content: String)...) -> Refusal? {
      do throws(Refusal) {
        var form = try AlertForm(contentType: "multipart/form-data; boundary=b")
        try form.take(Self.form(parts))
        _ = try form.finish()
        return nil
      } catch {
        return error
      }
    }
    #expect(refusal((#"name="agent""#, "x"))?.code == "no-alert")
    #expect(refusal((#"name="alert""#, ""))?.code == "no-alert")
    #expect(refusal()?.code == "no-alert")
    #expect(refusal((#"name="alert""#, "<a/>"), (#"name="file""#, "<b/>"))?.code == "bad-body")
    #expect(refusal((#"name="agent""#, "a"), (#"name="agent""#, "b"), (#"name="file""#, "<b/>"))?.code == "bad-body")
    #expect(refusal((#"name="note""#, "a"))?.code == "bad-body")
    #expect(refusal((#"name="agent""#, String(repeating: "a", count: 2000)))?.code == "bad-body")
  }

  @Test func `an alert of a mebibyte is taken, and one byte more is not`() throws {
    let most = String(repeating: "x", count: 1 << 20)
    #expect(try Self.read((#"name="alert""#, most)).0.part.content == .text(most))
    let refusal = #expect(throws: Refusal.self) { try Self.read((#"name="alert""#, most + "x")) }
    #expect(refusal?.status == .contentTooLarge)
  }
}
