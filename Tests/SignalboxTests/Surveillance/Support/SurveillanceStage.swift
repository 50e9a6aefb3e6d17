import Foundation
import Identity
import JSON
import TestSupport
import Testing

@testable import signalbox

/// `signalbox demo` with the surveillance agents: four processes that talk over TLS with their own certificates.
struct SurveillanceStage: Sendable {
  /// Enough for every scenario, and loaded at once.
  static let trades = 4_000
  /// A start is five seconds' work for a processor in a debug build, and the demo has patience: where ten begin at once, none is there in time.
  private static let starts = Places(1)
  /// The one of the suite, where it has one.
  @TaskLocal static var shared: SurveillanceStage?

  static var current: SurveillanceStage {
    get throws { try #require(shared, "The suite has the trait surveillanceStage.") }
  }

  let scratch: Scratch
  let demo: RunningProgram
  let ready: JSONValue
  var folder: DemoFolder { DemoFolder("\(scratch.path)/demo") }

  /// Runs all of it while `body` does.
  /// - Parameter pace: milliseconds for each step of a tool.
  static func with<Value: Sendable>(
    pace: Int = 0, in scratch: Scratch? = nil, environment: [String: String] = [:],
    _ body: (SurveillanceStage) async throws -> Value
  ) async throws -> Value {
    let scratch = try scratch ?? Scratch()
    let words = [
      "demo", "--dir", "demo", "--port", "0", "--no-browser", "--trades", String(trades), "--pace", String(pace),
    ]
    return try await started(words, environment, folder: scratch.path) { demo in
      let bytes = try #require(FileManager.default.contents(atPath: "\(scratch.path)/demo/ready.json"))
      let stage = SurveillanceStage(scratch: scratch, demo: demo, ready: try JSONValue(parsing: Array(bytes)))
      let value = try await body(stage)
      // Nobody's processes are to be there when the folder goes.
      demo.signal(SIGINT)
      let status = try await demo.exit()
      #expect(status == 0, "\(demo.errors.text)")
      return value
    }
  }

  /// Runs a demo, one start after another.
  private static func started<Value: Sendable>(
    _ words: [String], _ environment: [String: String], folder: String, _ body: (RunningProgram) async throws -> Value
  ) async throws -> Value {
    await starts.take()
    var isStarting = true
    do {
      return try await RunningProgram.with(words, environment: environment, folder: folder) { demo in
        let announced = await demo.output.line(containing: "Ctrl-C")
        isStarting = false
        await starts.give()
        _ = try #require(announced, "\(demo.errors.text)")
        return try await body(demo)
      }
    } catch {
      if isStarting { await starts.give() }
      throw error
    }
  }

  // MARK: Commands, as a user types them

  func words(_ words: [String]) -> [String] { words + ["--ready", folder.ready] }

  func run(_ words: String...) async throws -> RunningProgram.Result {
    try await RunningProgram.run(self.words(words), folder: scratch.path)
  }

  static func alert(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/../../../../examples/alerts/\(name)"
  }

  /// How a task was begun and ended, and everything that was told between.
  struct Done: Sendable {
    let status: Int32
    let task: JSONValue
    let errors: String
    let story: TaskStory

    var determination: String? { decision?["determination"]?.string }
    var decision: JSONValue? { data("decision") }

    func data(_ artifact: String) -> JSONValue? {
      task["artifacts"]?.elements.first { $0["artifactId"]?.string == artifact }?["parts"]?[0]?["data"]
    }
  }

  /// Has a file looked into, and waits for the end.
  func submit(_ name: String, _ parameters: String? = nil) async throws -> Done {
    try await submit(["submit", Self.alert(name)] + Self.data(parameters))
  }

  func submit(_ words: [String]) async throws -> Done {
    let result = try await RunningProgram.run(self.words(words + ["--wait", "--json"]), folder: scratch.path)
    let task = try JSONValue(parsing: result.output)
    let story = try await story(try #require(task["id"]?.string, "\(result.output)"))
    return Done(status: result.status, task: task, errors: result.errors, story: story)
  }

  /// Has a file looked into, and gives the task's id.
  func begin(_ name: String, _ parameters: String? = nil) async throws -> String {
    try await begin(["submit", Self.alert(name)] + Self.data(parameters))
  }

  func begin(_ words: [String]) async throws -> String {
    let result = try await RunningProgram.run(self.words(words), folder: scratch.path)
    try #require(result.status == 0, "\(result.errors)")
    return result.output.trimmingCharacters(in: .newlines)
  }

  private static func data(_ parameters: String?) -> [String] {
    parameters.map { ["--data", #"{"task_parameters":\#($0)}"#] } ?? []
  }

  /// Everything that was told of a task; waits for its end.
  func story(_ task: String) async throws -> TaskStory {
    TaskStory(try await run("tail", task, "--json").output)
  }

  /// What a task told up to the first record that is looked for.
  func story(_ task: String, until found: (TaskStory) -> Bool) async throws -> TaskStory {
    try await RunningProgram.with(words(["tail", task, "--json"]), folder: scratch.path) { tail in
      var story = TaskStory("")
      for await line in tail.output.lines {
        story.add(line)
        if found(story) { return story }
      }
      Issue.record("It never told of what was looked for: \(story.summary)")
      return story
    }
  }

  /// The end of a task that was begun before, as `submit` would have given it.
  func done(_ task: String) async throws -> Done {
    let story = try await story(task)
    return Done(status: 0, task: story.task, errors: "", story: story)
  }

  /// What a question says once it is asked.
  func question(_ task: String) async throws -> JSONValue {
    let story = try await story(task) { !$0.questions.isEmpty }
    return try #require(story.questions.last)
  }

  // MARK: Processes

  func processID(_ role: DemoRole) throws -> Int32 {
    try #require(ready["pids"]?[role.word]?.int.flatMap { Int32(exactly: $0) })
  }

  /// Ends it as a fault would, and returns when it is gone.
  func kill(_ name: AgentName) async throws {
    let process = try processID(.agent(name))
    Foundation.kill(process, SIGKILL)
    try await OtherProcess.untilEnded(process)
  }

  /// A task of a specialist's own, as the orchestrator may look at it.
  func state(of task: String, at name: AgentName) async throws -> String? {
    let file = try #require(FileManager.default.contents(atPath: folder.ready(of: .agent(name))))
    let url = try #require(try JSONValue(parsing: Array(file))["url"]?.string)
    let layout = PKILayout(directory: folder.pki)
    let shown = layout.client(.agent, name: AgentName.orchestrator.rawValue)
    let result = try await RunningProgram.curl([
      "--cacert", layout.serverAuthority.certificate, "--cert", shown.certificate, "--key", shown.key,
      "-H", "Content-Type: application/json", "-H", "A2A-Version: 1.0",
      "-d", #"{"jsonrpc":"2.0","id":1,"method":"GetTask","params":{"id":"\#(task)"}}"#, url + "/a2a",
    ])
    return try JSONValue(parsing: result.output)["result"]?["status"]?["state"]?.string
  }
}

/// One stage for all tests of a suite.
struct SharedSurveillanceStage: SuiteTrait, TestScoping {
  let pace: Int

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    try await SurveillanceStage.with(pace: pace) { stage in
      try await SurveillanceStage.$shared.withValue(stage) { try await function() }
    }
  }
}

extension Trait where Self == SharedSurveillanceStage {
  static func surveillanceStage(pace: Int = 0) -> Self { SharedSurveillanceStage(pace: pace) }
}
