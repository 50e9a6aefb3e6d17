import Foundation
import Identity
import JSON
import TestSupport
import Testing

@testable import Gateway

@Suite(.timeLimit(.minutes(3)))
struct AuditTrailTests {
  @Test func `a record is one line with what is known of it`() async throws {
    let test = try TestTrail(at: 1_700_000_000)
    var record = AuditRecord(.refusal, .refused, who: "alex", from: "127.0.0.1")
    record.credential = "session"
    record.session = "s-1"
    record.request = "r-1"
    record.route = "POST /tasks/{id}/cancel"
    record.action = .cancel
    record.task = "t-1"
    record.detail = "No."
    test.trail.write(record)
    test.trail.write(AuditRecord(.signIn, .failed, from: "::1"))
    await test.trail.flush()
    let text = String(decoding: try #require(FileManager.default.contents(atPath: test.path)), as: UTF8.self)
    #expect(
      text == #"""
        {"id":1700000000001,"time":"2023-11-14T22:13:20Z","event":"refusal","result":"refused","who":"alex","credential":"session","session":"s-1","from":"127.0.0.1","request":"r-1","route":"POST /tasks/{id}/cancel","action":"cancel","task":"t-1","detail":"No."}
        {"id":1700000000002,"time":"2023-11-14T22:13:20Z","event":"sign-in","result":"failed","from":"::1"}

        """#)
  }

  @Test func `nobody else may read the file, and what is in it stays`() async throws {
    let first = try TestTrail()
    first.write("one")
    await first.trail.flush()
    let attributes = try FileManager.default.attributesOfItem(atPath: first.path)
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    let second = try TestTrail(in: first.folder, at: 1_001)
    second.write("two")
    await second.trail.flush()
    #expect(try second.details() == ["one", "two"])
    let ids = try second.lines().compactMap { $0["id"]?.int }
    #expect(ids == [1_000_001, 1_001_001])
  }

  @Test func `a file that cannot be made is named`() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.path("audit.jsonl"), withIntermediateDirectories: false)
    #expect {
      _ = try TestTrail(in: folder)
    } throws: { error in
      "\(error)" == "\(folder.path("audit.jsonl")) cannot be written: Is a directory."
    }
  }

  /// Many threads write at once; each one's records stay in its order, and all are there once.
  @Test func `order is kept under load`() async throws {
    let test = try TestTrail()
    let (writers, each) = (8, 400)
    await withTaskGroup { group in
      for writer in 0..<writers {
        group.addTask {
          await onThread { for number in 0..<each { test.write("\(writer) \(number)") } }
        }
      }
      await group.waitForAll()
    }
    await test.trail.flush()
    let lines = try test.lines()
    #expect(lines.compactMap { $0["id"]?.int } == (1...Int64(writers * each)).map { 1_000_000 + $0 })
    let details = lines.compactMap { $0["detail"]?.string }
    for writer in 0..<writers {
      let own = details.filter { $0.hasPrefix("\(writer) ") }
      #expect(own == (0..<each).map { "\(writer) \($0)" })
    }
    let kept = test.trail.entries(after: nil, limit: 10_000).map(\.id)
    #expect(kept == lines.suffix(1000).compactMap { $0["id"]?.int })
    #expect(test.metric(#"signalbox_audit_records_total{event="command",result="ok"}"#) == "\(writers * each)")
    #expect(test.metric("signalbox_audit_lost_total") == "0")
  }

  @Test func `the last thousand are in memory, and are asked for from an id on`() async throws {
    let test = try TestTrail()
    func ids(after id: Int64?, _ limit: Int) -> [Int64] {
      test.trail.entries(after: id.map { $0 + 1_000_000 }, limit: limit).map { $0.id - 1_000_000 }
    }
    #expect(ids(after: nil, 10) == [])
    #expect(ids(after: 0, 10) == [])
    for number in 1...3 { test.write("\(number)") }
    #expect(ids(after: nil, 2) == [2, 3])
    #expect(ids(after: 0, 2) == [1, 2])
    #expect(ids(after: 2, 2) == [3])
    #expect(ids(after: 3, 2) == [])
    for number in 4...2500 { test.write("\(number)") }
    #expect(ids(after: nil, 5000) == Array(1501...2500))
    #expect(ids(after: 0, 3) == [1501, 1502, 1503])
    #expect(ids(after: 2497, 100) == [2498, 2499, 2500])
    #expect(ids(after: nil, 1) == [2500])
    await test.trail.flush()
  }

  @Test func `hostile text stays one bounded printable line`() async throws {
    let test = try TestTrail()
    let evil = "a\n\r\t\u{0}\u{1B}[2J\u{2028}\u{85}\u{202E}\"\\\u{e9}\u{1F600}"
    var record = AuditRecord(.refusal, .refused, who: evil, from: evil)
    record.credential = evil
    record.session = evil
    record.request = evil
    record.route = evil
    record.task = evil
    record.detail = evil
    test.trail.write(record)
    let long = String(repeating: evil, count: 10_000)
    record = AuditRecord(.refusal, .refused, who: long, from: long)
    record.credential = long
    record.session = long
    record.request = long
    record.route = long
    record.task = long
    record.detail = long
    test.trail.write(record)
    await test.trail.flush()
    let bytes = Array(try #require(FileManager.default.contents(atPath: test.path)))
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    #expect(lines.count == 2)
    #expect(lines.allSatisfy { $0.count < 40_000 && $0.allSatisfy { (0x20...0x7E).contains($0) } })
    let shown = #"a\x0a\x0d\x09\x00\x1b[2J\xe2\x80\xa8\xc2\x85\xe2\x80\xae"\\\xc3\xa9\xf0\x9f\x98\x80"#
    let first = try JSONValue(parsing: Array(lines[0]))
    for key in ["who", "credential", "session", "from", "request", "route", "task", "detail"] {
      #expect(first[key]?.string == shown, "\(key)")
    }
    #expect(try JSONValue(parsing: Array(lines[1]))["who"]?.string?.hasSuffix("...") == true)
    // What is fine is left alone, up to the last byte of the limit.
    #expect(AuditText.printable(String(repeating: "a", count: 256)).utf8.count == 256)
    #expect(AuditText.printable(String(repeating: "a", count: 257)).hasSuffix("aaa..."))
    #expect(AuditText.printable("C:\\x") == "C:\\\\x")
  }
}
