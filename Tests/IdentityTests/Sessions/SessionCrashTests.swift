import Foundation
import TestSupport
import Testing

@testable import Identity

/// A crash leaves a beginning of the file. Whatever was acknowledged by then is there after it.
struct SessionCrashTests {
  private let start = SessionValues.start
  private let limits = SessionValues.limits

  /// What the store has said was done, and how long the file was then.
  private struct Moment {
    let length: Int
    let sessions: [Session]
  }

  @Test func `a crash at any byte of the file loses at most what was not acknowledged`() async throws {
    // It waits for the disk again and again; the threads of other tests are not for that.
    try await onThread { try crashAnywhere() }
  }

  private func crashAnywhere() throws {
    let folder = try TemporaryFolder()
    let file = folder.path("sessions.jsonl")
    let store = try SessionStore(file: file, limits: limits, now: start)
    var moments: [Moment] = []
    func acknowledged() throws {
      let length = try #require(try FileManager.default.attributesOfItem(atPath: file)[.size] as? NSNumber).intValue
      moments.append(Moment(length: length, sessions: store.list(now: start + 20)))
    }
    try acknowledged()
    let first = try store.open(SessionValues.token(expires: start + 900), owner: "alex", now: start + 1)
    try acknowledged()
    let second = try store.open(.link(name: "zoe"), owner: "zoe", now: start + 2)
    try acknowledged()
    _ = try #require(try store.rotate(cookie: first.secrets.cookie, now: start + 3))
    try acknowledged()
    _ = try store.extend(id: first.session.id, claims: SessionValues.token(expires: start + 950), now: start + 4)
    try acknowledged()
    try store.end(ids: [second.session.id], now: start + 5)
    try acknowledged()
    _ = try store.open(.link(name: "kim"), owner: "kim", now: start + 6)
    try acknowledged()
    try store.close()
    let bytes = Array(try Data(contentsOf: URL(filePath: file)))
    #expect(bytes.count == moments.last?.length)

    for cut in 0...bytes.count {
      let isWhole = cut == 0 || bytes[cut - 1] == UInt8(ascii: "\n")
      let expected = moments.last { $0.length <= cut }?.sessions ?? []
      let (table, repair) = try SessionFile.read(Array(bytes[..<cut]), path: file)
      let read = table.records.values.map { $0.session(limits) }.sorted { $0.opened > $1.opened }
      let isSame = read == expected
      #expect(isSame, "cut at \(cut)")
      #expect((repair == nil) == isWhole, "cut at \(cut)")
      // The disk is slow; each so many bytes, a whole store has to come to the same.
      guard cut % 53 == 0 || cut == bytes.count else { continue }
      let crashed = try TemporaryFolder()
      let path = try crashed.write(String(decoding: bytes[..<cut], as: UTF8.self), to: "sessions.jsonl", mode: 0o600)
      let again = try SessionStore(file: path, limits: limits, now: start + 20)
      let isSameAgain = again.list(now: start + 20) == expected
      #expect(isSameAgain, "cut at \(cut)")
      #expect(isWhole || again.repair?.contains("\(path) were a line without its end") == true)
      try again.close()
      // What was cut off is gone for good.
      #expect(try SessionStore(file: path, limits: limits, now: start + 20).repair == nil)
    }
  }

  @Test func `an end of zeros, as some file systems leave it, is cut off`() throws {
    let folder = try TemporaryFolder()
    let header = String(decoding: SessionLine.header, as: UTF8.self)
    let line = String(decoding: SessionLine.encode(.keep(SessionValues.record("a"))), as: UTF8.self)
    let file = try folder.write(
      "\(header)\n\(line)\n\(String(repeating: "\0", count: 500))", to: "sessions.jsonl", mode: 0o600)
    let store = try SessionStore(file: file, limits: limits, now: start)
    #expect(store.repair?.contains("The last 500 bytes") == true)
    #expect(store.list(now: start).map(\.id) == ["a"])
  }
}
