import Synchronization
import Telemetry
import Testing

struct LogTests {
  @Test func `a line has time, level, message and the fields in their order`() {
    let sink = MemorySink()
    let route = "/api/tasks/{task}"
    sink.makeLog().info(
      "request",
      [
        "route": .string(route), "status": 200, "share": 0.5, "reused": true,
        "duration": .duration(.microseconds(1234)),
        "protocols": ["TLSv1.3", 1], "name": "a \(1 + 1)",
      ])
    let expected =
      #"{"time":"2026-11-21T07:40:00.123Z","level":"info","message":"request","route":"/api/tasks/{task}","#
      + #""status":200,"share":0.5,"reused":true,"duration":0.001234,"protocols":["TLSv1.3",1],"name":"a 2"}"# + "\n"
    #expect(sink.text == expected)
  }

  @Test func `a line without fields is a line`() {
    let sink = MemorySink()
    sink.makeLog().error("gone")
    #expect(sink.text == #"{"time":"2026-11-21T07:40:00.123Z","level":"error","message":"gone"}"# + "\n")
  }

  @Test func `each level has its method and its name`() throws {
    let sink = MemorySink()
    let log = sink.makeLog(minimumLevel: .trace)
    log.trace("m")
    log.debug("m")
    log.info("m")
    log.warning("m")
    log.error("m")
    #expect(try sink.objects().map { $0["level"] as? String } == ["trace", "debug", "info", "warning", "error"])
  }

  @Test(arguments: LogLevel.allCases)
  func `what is below the minimum level is not written`(minimum: LogLevel) throws {
    let sink = MemorySink()
    let log = sink.makeLog(minimumLevel: minimum)
    for level in LogLevel.allCases { log.write(level, "m") }
    let expected = LogLevel.allCases.drop { $0 != minimum }.map(\.name)
    #expect(try sink.objects().compactMap { $0["level"] as? String } == expected)
  }

  @Test func `fields of a line that is not written are never built`() {
    let sink = MemorySink()
    let log = sink.makeLog(minimumLevel: .warning)
    let built = Atomic<Int>(0)
    func fields() -> LogFields {
      built.add(1, ordering: .relaxed)
      return ["a": 1]
    }
    log.trace("m", fields())
    log.debug("m", fields())
    log.info("m", fields())
    log.write(.info, "m", fields())
    #expect(built.load(ordering: .relaxed) == 0)
    log.warning("m", fields())
    log.error("m", fields())
    #expect(built.load(ordering: .relaxed) == 2)
    #expect(sink.lines.count == 2)
  }

  @Test func `the minimum level changes at run time for all handles`() {
    let sink = MemorySink()
    let log = sink.makeLog()
    let handle = log.with("request", "1")
    handle.debug("m")
    log.minimumLevel = .debug
    #expect(handle.minimumLevel == .debug)
    #expect(handle.isEnabled(.debug) && !handle.isEnabled(.trace))
    handle.debug("m")
    #expect(sink.lines.count == 1)
  }

  @Test(arguments: LogLevel.allCases)
  func `a level is found by its name`(level: LogLevel) {
    #expect(LogLevel(name: level.name) == level)
    #expect(LogLevel(name: level.name.uppercased()) == nil)
  }

  @Test(arguments: hostileTexts)
  func `no text in a message, key or value breaks a line in two`(text: String) throws {
    let sink = MemorySink()
    sink.makeLog().with("bound", .string(text)).info(
      text, ["value": .string(text), "x" + text: .list([.string(text)])])
    let line = try #require(sink.lines.first)
    #expect(sink.lines.count == 1)
    #expect(line.last == UInt8(ascii: "\n"))
    #expect(!hasLineBreakOrControl(line.dropLast()))
    let object = try jsonObject(line)
    #expect(object["level"] as? String == "info")
    for value in [object["message"], object["bound"], object["value"], (object["x" + text] as? [Any])?.first] {
      #expect((value as? String)?.unicodeScalars.elementsEqual(text.unicodeScalars) == true)
    }
  }

  @Test func `lines of many tasks stay whole, and none is lost`() async throws {
    let sink = MemorySink()
    let log = sink.makeLog()
    await withTaskGroup(of: Void.self) { group in
      for task in 0..<8 {
        group.addTask {
          let log = log.with("task", .int(task))
          for index in 0..<250 {
            log.minimumLevel = .info
            log.info("m", ["index": .int(index)])
          }
        }
      }
    }
    let seen = try sink.objects().compactMap { object -> Int? in
      guard let task = object["task"] as? Int, let index = object["index"] as? Int else { return nil }
      return task * 250 + index
    }
    #expect(seen.sorted() == Array(0..<2000))
  }
}
