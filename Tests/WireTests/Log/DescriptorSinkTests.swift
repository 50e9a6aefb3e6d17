import Glibc
import TestSupport
import Testing

@testable import Wire

@Suite struct DescriptorSinkTests {
  @Test func `lines come out whole and in order`() async throws {
    let pipe = try Pipe()
    let sink = try DescriptorSink(descriptor: pipe.writing)
    for number in 0..<500 { sink.write(Array("line \(number)\n".utf8)) }
    await sink.flush()
    #expect(pipe.readAvailable() == (0..<500).map { "line \($0)" })
  }

  @Test func `flushing what is empty returns`() async throws {
    let pipe = try Pipe()
    let sink = try DescriptorSink(descriptor: pipe.writing)
    await sink.flush()
    sink.write(Array("one\n".utf8))
    await sink.flush()
    await sink.flush()
    #expect(pipe.readAvailable() == ["one"])
  }

  /// The pipe holds 64 KiB and the sink 10,000 bytes; the rest has to go, and writing may not wait.
  @Test func `a pipe that nobody reads blocks nobody and losses are told`() async throws {
    let pipe = try Pipe()
    let sink = try DescriptorSink(descriptor: pipe.writing, limit: 10_000)
    let line = Array((String(repeating: "x", count: 99) + "\n").utf8)
    let written = 5_000
    for _ in 0..<written { sink.write(line) }
    let reader = Task { await onThread { pipe.readUntil { $0 == "end" } } }
    // From here on somebody reads: the sink catches up, tells what it dropped, and takes lines again.
    await sink.flush()
    sink.write(Array("end\n".utf8))
    let lines = await reader.value
    let dropped = lines.compactMap(droppedCount).reduce(0, +)
    let arrived = lines.count { $0.utf8.count == 99 }
    #expect(dropped > 0)
    #expect(arrived + dropped == written)
    #expect(arrived * 100 <= (64 << 10) + 2 * 10_000)
    #expect(lines.last == "end")
  }

  @Test func `many threads do not tear lines`() async throws {
    let pipe = try Pipe()
    let sink = try DescriptorSink(descriptor: pipe.writing)
    let expected = (0..<8).map { String(repeating: "\($0)", count: 60) }
    async let lines = onThread { pipe.readLines(8 * 200) }
    await withTaskGroup { group in
      for text in expected {
        group.addTask { await onThread { for _ in 0..<200 { sink.write(Array((text + "\n").utf8)) } } }
      }
      await group.waitForAll()
    }
    let counts = await Dictionary(grouping: lines, by: \.self).mapValues(\.count)
    #expect(counts == Dictionary(uniqueKeysWithValues: expected.map { ($0, 200) }))
  }

  @Test func `a pipe that was closed is no trouble`() async throws {
    let pipe = try Pipe()
    let sink = try DescriptorSink(descriptor: pipe.writing)
    signal(SIGPIPE, SIG_IGN)
    pipe.closeReading()
    sink.write(Array("one\n".utf8))
    await sink.flush()
  }

  private func droppedCount(_ line: String) -> Int? {
    guard line.contains("log lines dropped") else { return nil }
    return line.split(separator: "\"count\":").last.flatMap { Int($0.prefix { $0.isNumber }) }
  }
}

/// Both ends of a pipe. Never closed by itself: a sink goes on using its end for as long as the process lives.
private final class Pipe: Sendable {
  let reading: Int32
  let writing: Int32

  init() throws {
    var ends: [Int32] = [0, 0]
    let status = unsafe pipe(&ends)
    try #require(status == 0)
    (reading, writing) = (ends[0], ends[1])
  }

  /// What is in the pipe now.
  func readAvailable() -> [String] {
    var count: Int32 = 0
    unsafe _ = ioctl(reading, UInt(FIONREAD), &count)
    return Self.lines(readSome(Int(count)))
  }

  /// Reads until there are that many lines, or nothing comes any more.
  func readLines(_ count: Int) -> [String] {
    read { $0.count == count }
  }

  /// Reads until a last line is as wished, or nothing comes any more.
  func readUntil(_ isLast: (String) -> Bool) -> [String] {
    read { $0.last.map(isLast) ?? false }
  }

  func closeReading() {
    close(reading)
  }

  private func read(until isDone: ([String]) -> Bool) -> [String] {
    var bytes: [UInt8] = []
    var more: [UInt8]
    repeat {
      more = readSome(1 << 16)
      bytes += more
    } while !more.isEmpty && (more.last != 10 || !isDone(Self.lines(bytes)))
    return Self.lines(bytes)
  }

  /// Empty when nothing comes for ten seconds.
  private func readSome(_ limit: Int) -> [UInt8] {
    var wanted = pollfd(fd: reading, events: Int16(POLLIN), revents: 0)
    guard limit > 0, unsafe poll(&wanted, 1, 10_000) == 1 else { return [] }
    var bytes = [UInt8](repeating: 0, count: limit)
    let got = unsafe Glibc.read(reading, &bytes, limit)
    return Array(bytes.prefix(max(0, got)))
  }

  private static func lines(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: 10).map { String(decoding: $0, as: UTF8.self) }
  }
}
