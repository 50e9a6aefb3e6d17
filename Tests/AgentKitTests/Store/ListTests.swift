import A2A
import A2AWire
import AgentKit
import Testing

@Suite(.timeLimit(.minutes(2)))
struct ListTests {
  private static func filled() async throws -> TestStore {
    let made = TestStore { context in
      try await context.artifact(Artifact(id: "a", parts: [.text("x")]))
      if context.message.text == "ask" { _ = try await context.ask(.confirmation("?")) }
      return nil
    }
    for number in 0..<7 {
      try await made.send(number == 3 ? "ask" : "\(number)") {
        $0.message.contextID = number.isMultiple(of: 2) ? "even" : "odd"
      }
      // Two at each moment.
      if number.isMultiple(of: 2) { made.time.advance(by: .seconds(1)) }
    }
    return made
  }

  private static func texts(_ page: TaskPage) -> [String] { page.tasks.map { $0.history?.first?.text ?? "" } }

  @Test func `The newest status comes first, of two at one time the newer task`() async throws {
    let made = try await Self.filled()
    let page = try await made.list()
    #expect(Self.texts(page) == ["6", "5", "4", "ask", "2", "1", "0"])
    #expect(page.totalSize == 7 && page.pageSize == 50 && page.nextPageToken == nil)
    try await made.send("yes", to: page.tasks[3])
    #expect(Self.texts(try await made.list())[0] == "ask")
  }

  @Test(arguments: 1...8)
  func `Pages of any size together have every task once, in order`(size: Int) async throws {
    let made = try await Self.filled()
    var seen: [String] = []
    var token: String?
    var pages = 0
    repeat {
      let page = try await made.list {
        $0.pageSize = size
        $0.pageToken = token
      }
      #expect(page.tasks.count <= size && page.totalSize == 7 && page.pageSize == size)
      seen += Self.texts(page)
      token = page.nextPageToken
      pages += 1
    } while token != nil
    #expect(seen == ["6", "5", "4", "ask", "2", "1", "0"])
    #expect(pages == (7 + size - 1) / size)
  }

  @Test func `Filters go together, and the total is theirs`() async throws {
    let made = try await Self.filled()
    #expect(Self.texts(try await made.list { $0.contextID = "odd" }) == ["5", "ask", "1"])
    let asking = try await made.list { $0.state = .inputRequired }
    #expect(Self.texts(asking) == ["ask"] && asking.totalSize == 1)
    let late = try await made.list {
      $0.contextID = "odd"
      $0.statusTimestampAfter = Timestamp(millisecondsSince1970: ManualTime.start + 2000)
    }
    #expect(Self.texts(late) == ["5", "ask"])
    #expect(try await made.list { $0.contextID = "none" }.tasks == [])
  }

  @Test func `Artifacts and history are shown as asked`() async throws {
    let made = try await Self.filled()
    #expect(try await made.list().tasks.allSatisfy { $0.artifacts == nil })
    #expect(try await made.list { $0.includeArtifacts = true }.tasks.allSatisfy { $0.artifacts?.count == 1 })
    #expect(try await made.list { $0.historyLength = 0 }.tasks.allSatisfy { $0.history == nil })
  }

  @Test(arguments: [0, 101, -1])
  func `A page has 1 to 100 tasks`(size: Int) async throws {
    let made = TestStore { _ in nil }
    #expect(try await refusal { _ = try await made.list { $0.pageSize = size } }.code == .invalidParams)
  }

  @Test(arguments: ["x", "-", "1", "1-2-3", "zz-!", "99999999999999999999-1"])
  func `A token that was not given is refused`(token: String) async throws {
    let made = TestStore { _ in nil }
    #expect(try await refusal { _ = try await made.list { $0.pageToken = token } }.code == .invalidParams)
    #expect(try await refusal { _ = try await made.list { $0.historyLength = -1 } }.code == .invalidParams)
  }
}
