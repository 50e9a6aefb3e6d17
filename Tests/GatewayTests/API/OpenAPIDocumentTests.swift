import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// The OpenAPI document is what the gateway does: no route is missing, none too many, and answers are as it says.
@Suite struct OpenAPIDocumentTests {
  @Test func `every route is described, and nothing is that is no route`() async throws {
    try await RouteTableTests().run { gateway async throws in
      let pages = try RouteTableTests().pages()
      for (listener, rows) in await gateway.gateway.routeTable {
        let operations = APITable.operations[try #require(ListenerName(rawValue: listener))] ?? []
        let routes = rows.filter { !(listener == "public" && $0.method == .get && pages.contains($0.pattern)) }
        let served = Set(routes.map { "\($0.method) \($0.pattern) \($0.access)" })
        let described = Set(operations.map { "\($0.method) \($0.path) \($0.access)" })
        #expect(served.subtracting(described) == [], "These routes of \(listener) are not described as they are.")
        #expect(described.subtracting(served) == [], "These descriptions for \(listener) have no such route.")
        #expect(described.count == operations.count, "Something is described twice.")
      }
    }
  }

  @Test func `the document has every row of the table, for programs that are made from it`() throws {
    let reader = try OpenAPIReader(OpenAPIDocument.json())
    #expect(reader.document["openapi"]?.string == "3.1.0")
    var names: [String: String] = [:]
    for (listener, operations) in APITable.operations {
      for operation in operations {
        let place = "\(operation.method) \(operation.path)"
        let found = try #require(reader.operation(operation.method.rawValue, operation.path), "\(place)")
        let listeners = found["x-signalbox-listeners"].map { Array($0.elements) } ?? []
        #expect(listeners.contains { $0.string == listener.rawValue }, "\(place)")
        #expect(names.updateValue(place, forKey: operation.name) ?? place == place, "\(operation.name) is taken twice.")
        #expect((found["security"]?.count == 0) == [.open, .signIn].contains(operation.access), "\(place)")
        let segments = operation.path.split(separator: "/").filter { $0.hasPrefix("{") }
        // A verb may follow the name.
        let inPath = segments.map { $0.dropFirst().prefix { $0 != "}" } }
        let described = operation.parameters.filter { $0.place == .path }.map { Substring($0.name) }
        #expect(inPath == described, "\(place)")
      }
    }
    for reference in reader.references {
      #expect(reader.resolve(reference) != nil, "\(reference) leads nowhere.")
    }
    let unused = APISchemas.all.map { "#/components/schemas/\($0.name)" }.filter { !reader.references.contains($0) }
    #expect(unused == [])
  }

  @Test func `the document can be had by everybody, and says nothing of this gateway`() async throws {
    try await TestGateway.run { gateway async throws in
      let answer = try #require(try await gateway.get("/api/openapi.json"))
      #expect(answer.status == 200 && answer.fields["content-type"] == "application/json")
      let isSame = answer.body == OpenAPIDocument.json()
      #expect(isSame)
      #expect(!answer.text.contains("1.2.3-test"))
    }
  }

  @Test func `whoever asks, the answer is one that the document has`() async throws {
    let reader = try OpenAPIReader(OpenAPIDocument.json())
    try await RouteTableTests().run { gateway async throws in
      for row in RouteTableTests.rows where row.pattern != "(pages)" {
        let operation = try #require(reader.operation(row.method, row.pattern), "\(row.method) \(row.pattern)")
        for column in [AccessColumn.none, .expired, .viewer, .admin, .agent] {
          let isStream = operation["responses"]?["200"]?["content"]?["text/event-stream"] != nil
          let answer = try #require(
            try await gateway.ask(
              row.method, row.path, try column.lines(), body: row.body, door: row.door,
              showing: try column.certificate(), toHead: isStream))
          let fault = reader.fault(
            operation, status: answer.status, type: answer.fields["content-type"], body: answer.body)
          if !isStream || answer.status == 200 {
            #expect(fault == nil, "\(row.method) \(row.path) as \(column): \(answer.text)")
          }
        }
      }
    }
  }

  @Test func `tasks and their records are as the document says`() async throws {
    let reader = try OpenAPIReader(OpenAPIDocument.json())
    try await TaskScene.run { scene async throws in
      try await scene.open("one", title: "First")
      try await scene.add(
        1...3, to: "one",
        change: TaskChange(state: "completed", isFinal: true, snapshot: Array(#"{"result":1}"#.utf8)))
      try await scene.add(4...4, to: "one", kind: .late)
      try await scene.open("two", owner: "otto")
      for (pattern, path) in [
        ("/api/tasks", "/api/tasks"), ("/api/tasks", "/api/tasks?limit=1"), ("/api/tasks", "/api/tasks?limit=0"),
        ("/api/tasks/{id}", "/api/tasks/one"), ("/api/tasks/{id}", "/api/tasks/two"),
        ("/api/tasks/{id}/events", "/api/tasks/one/events"),
        ("/api/tasks/{id}/events", "/api/tasks/one/events?after=elsewhere.1"),
      ] {
        let operation = try #require(reader.operation("GET", pattern))
        let answer = try await scene.get(path)
        let fault = reader.fault(
          operation, status: answer.status, type: answer.fields["content-type"], body: answer.body)
        #expect(fault == nil, "\(path): \(answer.text)")
      }
    }
  }

  @Test func `what producers are told is as the document says`() async throws {
    let reader = try OpenAPIReader(OpenAPIDocument.json())
    let (tasks, events) = ("/ingest/tasks", "/ingest/tasks/{id}/events")
    let open = #"{"agent":"import","id":"t-1","key":"k"}"#
    func stamp(_ epoch: Int, _ seq: Int) -> [String] {
      ["Producer-Id: p", "Producer-Epoch: \(epoch)", "Producer-Seq: \(seq)"]
    }
    try await TestGateway.run { gateway async throws in
      let agent = try CertificateFiles.certificates()[.good]
      for (pattern, lines, body, status, code) in [
        (tasks, [], open, 201, nil), (tasks, [], open, 200, nil),
        (tasks, [], #"{"agent":"import","id":"t-1"}"#, 409, "task-exists"), (tasks, [], "{}", 400, "bad-task"),
        (tasks, [], "[]", 400, "bad-body"), (events, stamp(2, 1), #"{"n":1}"#, 201, nil),
        (events, stamp(2, 1), #"{"n":1}"#, 200, nil), (events, stamp(2, 7), "{}", 409, "producer-gap"),
        (events, stamp(1, 1), "{}", 403, "producer-fenced"), (events, ["Producer-Id: p"], "{}", 400, "bad-producer"),
        (events, [], "17", 400, "bad-event"), (events, [], String(repeating: "x", count: 2 << 20), 413, nil),
      ] as [(String, [String], String, Int, String?)] {
        let operation = try #require(reader.operation("POST", pattern))
        let path = pattern.replacing("{id}", with: "t-1")
        let answer = try #require(
          try await gateway.ask("POST", path, lines, body: body, door: .agents, showing: agent), "\(path)")
        let fault = reader.fault(
          operation, status: answer.status, type: answer.fields["content-type"], body: answer.body)
        #expect(answer.status == status && fault == nil, "\(path) \(lines): \(answer.text)")
        if let code {
          #expect(try JSONValue(parsing: answer.body)["code"]?.string == code, "\(path) \(lines): \(answer.text)")
        }
      }
    }
  }
}
