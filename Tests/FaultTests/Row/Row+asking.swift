import HTTP
import JSON
import TestSupport
import Testing
import Wire

// What people want of tasks, said as a careful client says it: again, elsewhere, under the same name, until it is answered.
extension Row {
  /// Begins tasks, each at the agent whose turn it is, and gives their names.
  func begin(_ count: Int, _ behaviour: String) async throws -> [String] {
    try await withThrowingTaskGroup(of: String.self) { group in
      for number in 0..<count { group.addTask { try await begin(behaviour, number) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
  }

  private func begin(_ behaviour: String, _ number: Int) async throws -> String {
    let name = "\(behaviour)-\(UInt64.random(in: .min ... .max))"
    var writer = JSONWriter()
    writer.object { body in
      body.member("agent", Self.agents[number % Self.agents.count])
      body.member("key", name)
      body.object("message") { said in
        said.member("messageId", name)
        said.array("parts") { parts in parts.object { $0.member("text", "The fault tests say \(name).") } }
      }
    }
    let (status, body) = try await insist("/api/tasks", writer.bytes, from: 0)
    guard [200, 201].contains(status.code) else {
      throw Refused(status: status, text: String(decoding: body, as: UTF8.self))
    }
    return try #require(try JSONValue(parsing: body)["id"]?.string)
  }

  /// Asks for an end of it.
  func cancel(_ task: String, from place: Int) async throws {
    let (status, body) = try await insist(
      "/api/tasks/\(task):cancel", Array(#"{"id":"stop-\#(task)"}"#.utf8), from: place)
    #expect([200, 202].contains(status.code), "\(status): \(String(decoding: body, as: UTF8.self))")
  }

  /// Two people answer its question at once, by different ways: one of them is told that the other was first.
  func answer(_ task: String, from place: Int) async throws {
    let path = "/api/tasks/\(task)/questions/q1:answer"
    async let one = insist(path, Array(#"{"id":"a-1","text":"One."}"#.utf8), from: place)
    async let two = insist(path, Array(#"{"id":"a-2","text":"Two."}"#.utf8), from: place + 1)
    let answers = [try await one, try await two]
    let said = answers.map { "\($0.0.code) \(String(decoding: $0.1, as: UTF8.self))" }
    #expect(answers.count { [200, 202].contains($0.0.code) } == 1, "\(said)")
    #expect(answers.count { $0.0.code == 409 } == 1, "\(said)")
  }

  /// How a question is answered there; nil without an answer.
  func status(of path: String, at place: Ports) async -> Int? {
    guard let url = try? Clients.url(place.people, path),
      let response = try? await clients.watcher.send(ClientRequest(.get, url)),
      (try? await response.body.collect(limit: 1 << 20)) != nil
    else { return nil }
    return Int(response.status.code)
  }

  /// Waits until all of these have a few records more, as a gateway tells it.
  func untilAtWork(_ tasks: [String], at place: Ports) async throws {
    func numbers() async throws -> [String: Int64] {
      let list = try await ServedProcess(program: door.program, ports: place).get(
        "/api/tasks?final=false&limit=200", by: clients)
      return Array(try #require(list["tasks"]).elements).reduce(into: [:]) { numbers, task in
        numbers[task["id"]?.string ?? ""] = task["lastSeq"]?.int
      }
    }
    let before = try await numbers()
    let areAtWork = try await eventually {
      try await Pause.beforeRetry()
      let now = try await numbers()
      return tasks.allSatisfy { (now[$0] ?? 0) >= (before[$0] ?? 0) + 3 }
    }
    try #require(areAtWork, "Not all are at work.")
  }

  /// Asks each way in its turn, HAProxy's first of all, until one has an answer that is not to be asked for again.
  private func insist(_ path: String, _ body: [UInt8], from place: Int) async throws -> (HTTPStatus, [UInt8]) {
    let ways = [door.ports] + gateways.map(\.ports)
    let end = ContinuousClock.now + .seconds(60)
    var turn = place
    while true {
      let way = ServedProcess(program: door.program, ports: ways[turn % ways.count])
      var last = "no connection"
      do {
        let (status, answer) = try await way.post(path, body, by: clients)
        let isLater = (try? JSONValue(parsing: answer)["code"]?.string) == "task-waiting"
        guard isLater || [502, 503, 504, 507].contains(status.code) else { return (status, answer) }
        if status.code == 507 { full.add() }
        last = "\(status.code) \(String(decoding: answer, as: UTF8.self))"
      } catch is ClientError {}
      repeated.add()
      try #require(ContinuousClock.now < end, "POST \(path) was not taken in a minute; at last: \(last)")
      turn += 1
      try await Pause.beforeRetry()
    }
  }
}
