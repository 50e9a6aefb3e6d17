import A2A
import Foundation
import HTTP
import JSON

/// `signalbox questions`: what waits for an answer.
struct QuestionsCommand: Sendable {
  let options: QuestionsOptions

  func run() async throws {
    try await CommandRunner.with(options.gateway, patience: nil) { desk in
      guard options.follows else { return try show(try await Self.inbox(desk.client, agent: options.agent)) }
      var link = ControlLink(desk, patience: ControlLink.watchingPatience)
      do {
        try await follow(desk, &link)
        await link.end()
      } catch {
        await link.end()
        throw error
      }
    }
  }

  /// Page after page.
  static func inbox(_ client: GatewayClient, agent: String?) async throws -> [OpenQuestion] {
    var found: [OpenQuestion] = []
    var before: String?
    repeat {
      var query: [String] = ["limit=200"]
      if let agent { query.append("agent=\(PercentEncoding.encode(agent))") }
      if let before { query.append("before=\(PercentEncoding.encode(before))") }
      let page: JSONValue
      do {
        page = try await client.get("/api/questions?" + query.joined(separator: "&"))
      } catch let refusal as GatewayRefusal {
        throw CommandFailure.failure(refusal.sentence)
      }
      guard let list = page["questions"], list.kind == .array else {
        throw CommandFailure.failure(
          "What the gateway answered is no list of questions; this program and that gateway do not match.")
      }
      let read = list.elements.compactMap { OpenQuestion($0) }
      found += read
      // A gateway that gives an empty page and says that there are more would be asked for ever.
      before = read.isEmpty ? nil : page["next"].flatMap { $0.string ?? $0.numberText }
    } while before != nil
    return found
  }

  private func show(_ all: [OpenQuestion]) throws {
    let questions = all.filter(options.takes)
    if options.printsJSON {
      for question in questions { Terminal.print(JSONLine.text(question.json)) }
    } else if questions.isEmpty {
      Terminal.complain(["Nothing waits for an answer, of what the policy lets this principal watch."])
    } else {
      Terminal.print(QuestionTable.text(questions, now: TimeOfDay.now()))
    }
  }

  /// What is open comes first; then what the records of all tasks say of questions. Whatever happened before the stream stood is in the
  /// list, because that is asked for behind it.
  private func follow(_ desk: ControlDesk, _ link: inout ControlLink) async throws {
    var feed = QuestionFeed(options)
    link.start()
    await link.ask(ControlRequest(id: CommandID.make(), act: .subscribe(after: "latest")))
    for await input in desk.inputs {
      if case .signal = input { throw CommandFailure(.interrupted, []) }
      for output in try await link.take(input) {
        switch output {
        case .nack(let request, let refusal) where request.isStanding:
          throw CommandFailure(.notTaken, [refusal.sentence])
        case .notice(let sentence):
          Terminal.complain([sentence])
        case .standing:
          let open = try await Self.inbox(desk.client, agent: options.agent)
          for line in feed.take(open, now: TimeOfDay.now()) { Terminal.print(line) }
        case .record(let record):
          for line in feed.take(record, now: TimeOfDay.now()) { Terminal.print(line) }
          if let task = feed.unknown(record) { try await learn(task, &feed, desk.client) }
        default: continue
        }
      }
    }
  }

  /// Whose a question is stands in no record, so it is asked for where that matters.
  private func learn(_ task: String, _ feed: inout QuestionFeed, _ client: GatewayClient) async throws {
    do {
      let json = try await client.get("/api/tasks/\(PercentEncoding.encode(task))")
      guard let summary = TaskSummary(json) else { return }
      for line in feed.learn(summary, now: TimeOfDay.now()) { Terminal.print(line) }
    } catch is GatewayRefusal {
      // It is gone, or no longer ours to see.
    }
  }
}

/// The time of day, for people. Whatever decides anything is given its time.
enum TimeOfDay {
  static func now() -> Timestamp { Timestamp(millisecondsSince1970: Int64(Date().timeIntervalSince1970 * 1000)) }
}
