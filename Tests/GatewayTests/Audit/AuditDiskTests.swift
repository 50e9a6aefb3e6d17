import Foundation
import JSON
import TestSupport
import Testing

@testable import Gateway

/// Files that move away, and disks that take nothing.
@Suite(.timeLimit(.minutes(3)))
struct AuditDiskTests {
  @Test func `after a rotation records go to the new file, and none is lost`() async throws {
    let test = try TestTrail()
    test.write("one")
    await test.trail.flush()
    let old = try test.rotate()
    test.write("two")
    await test.trail.flush()
    #expect(!FileManager.default.fileExists(atPath: test.path))
    try await test.trail.reopen()
    test.write("three")
    await test.trail.flush()
    #expect(try test.details(of: old) == ["one", "two"])
    #expect(try test.details() == ["three"])
  }

  @Test func `rotations under load lose nothing and repeat nothing`() async throws {
    let test = try TestTrail()
    let count = 3000
    let writer = Task { await onThread { for number in 0..<count { test.write("\(number)") } } }
    var files: [String] = []
    for round in 0..<5 {
      let moved = test.path + ".\(round)"
      try FileManager.default.moveItem(atPath: test.path, toPath: moved)
      files.append(moved)
      try await test.trail.reopen()
    }
    await writer.value
    await test.trail.flush()
    let details = try (files + [test.path]).flatMap { try test.details(of: $0) }
    #expect(details == (0..<count).map { "\($0)" })
  }

  @Test func `a file that cannot be opened again is an error, and the old one goes on`() async throws {
    let test = try TestTrail()
    let old = try test.rotate()
    try FileManager.default.createDirectory(atPath: test.path, withIntermediateDirectories: false)
    await #expect(throws: (any Error).self) { try await test.trail.reopen() }
    test.write("one")
    await test.trail.flush()
    #expect(try test.details(of: old) == ["one"])
  }

  @Test func `what a full disk does not take is told, waits, and is written when there is room`() async throws {
    let test = try TestTrail(target: "/dev/full")
    test.write("one", "two")
    await test.trail.flush()
    test.write("three")
    await test.trail.flush()
    #expect(test.errors.count == 1)
    #expect(test.errors[0].contains("audit records not written"))
    #expect(test.errors[0].contains("\(test.path) cannot be written: No space left on device."))
    #expect(Int(test.metric("signalbox_audit_write_failures_total") ?? "") ?? 0 >= 2)
    #expect(test.metric("signalbox_audit_lost_total") == "0")
    #expect(test.trail.entries(after: nil, limit: 10).map(\.record.detail) == ["one", "two", "three"])

    try FileManager.default.removeItem(atPath: test.path)
    try await test.trail.reopen()
    #expect(try test.details() == ["one", "two", "three"])
    #expect(test.log.all.contains { $0.contains("audit records are written again") })
    test.write("four")
    await test.trail.flush()
    #expect(try test.details().last == "four")
    #expect(test.errors.count == 1)
  }

  @Test func `what does not fit into memory is counted, and the file says how many there were`() async throws {
    let test = try TestTrail(limit: 10, target: "/dev/full")
    for number in 1...25 { test.write("\(number)") }
    await test.trail.flush()
    #expect(test.metric("signalbox_audit_lost_total") == "15")
    #expect(test.errors.filter { $0.contains("audit records are being lost") }.count == 1)
    #expect(test.trail.entries(after: nil, limit: 100).count == 25)

    try FileManager.default.removeItem(atPath: test.path)
    try await test.trail.reopen()
    test.write("26")
    await test.trail.flush()
    let lines = try test.lines()
    #expect(lines.compactMap { $0["id"]?.int }.map { $0 - 1_000_000 } == Array(1...10) + [26, 27])
    #expect(lines[10]["event"]?.string == "loss")
    #expect(lines[10]["result"]?.string == "failed")
    #expect(
      lines[10]["detail"]?.string
        == "The 15 records before this one are not in the file, because it could not be written.")
    #expect(lines[11]["detail"]?.string == "26")
    // And it says so once.
    test.write("27")
    await test.trail.flush()
    #expect(try test.details().suffix(2) == ["26", "27"])
    #expect(test.metric(#"signalbox_audit_records_total{event="loss",result="failed"}"#) == "1")
  }
}
