import A2A
import Foundation

/// `signalbox questions`: what waits for an answer.
struct QuestionsCommand: Sendable {
  let options: QuestionsOptions

  func run() async throws {
    let patience = options.follows ? nil : CommandOptions.answerWait
    try await CommandRunner.with(options.gateway, patience: patience) { desk in
      var link = ControlLink(desk, patience: ControlLink.watchingPatience)
      link.start()
      await link.ask(ControlRequest(id: CommandID.make(), act: .questions))
      do {
        try await listen(&link)
        await link.end()
      } catch {
        await link.end()
        throw error
      }
    }
  }

  /// To the list, or for as long as nobody stops it.
  private func listen(_ link: inout ControlLink) async throws {
    var feed = QuestionFeed(options)
    for await input in link.desk.inputs {
      switch input {
      case .signal: throw CommandFailure(.interrupted, [])
      case .again(let request): await link.ask(request)
      case .timeUp:
        throw CommandFailure.failure("The gateway has not answered in \(Seconds.text(CommandOptions.answerWait)) s.")
      default:
        for output in try await link.take(input) {
          guard try take(output, &feed, link.desk) else { return }
        }
      }
    }
  }

  /// False when that was all.
  private func take(
    _ output: ControlSession.Output, _ feed: inout QuestionFeed, _ desk: ControlDesk
  ) throws(CommandFailure) -> Bool {
    let now = TimeOfDay.now()
    switch output {
    case .nack(let request, let refusal) where request.isStanding:
      guard let pause = refusal.pause else {
        throw CommandFailure(options.follows ? .notTaken : .failure, [refusal.sentence])
      }
      _ = desk.later(.again(request), after: pause)
    case .notice(let sentence): Terminal.complain([sentence])
    case .inbox(let questions, let hasMore):
      if hasMore { Terminal.complain(["More wait than these; the oldest \(questions.count) were looked at."]) }
      guard options.follows else {
        show(questions.filter(options.takes))
        return false
      }
      print(feed.take(questions, hasMore: hasMore, now: now))
    case .question(let question): print(feed.take(question, now: now))
    case .closed(let question): print(feed.take(question))
    default: break
    }
    return true
  }

  private func print(_ lines: [String]) {
    for line in lines { Terminal.print(line) }
  }

  private func show(_ questions: [OpenQuestion]) {
    if options.printsJSON {
      for question in questions { Terminal.print(JSONLine.text(question.json)) }
    } else if questions.isEmpty {
      Terminal.complain(["Nothing waits for an answer, of what the policy lets this principal watch."])
    } else {
      Terminal.print(QuestionTable.text(questions, now: TimeOfDay.now()))
    }
  }
}

/// The time of day, for people. Whatever decides anything is given its time.
enum TimeOfDay {
  static func now() -> Timestamp { Timestamp(millisecondsSince1970: Int64(Date().timeIntervalSince1970 * 1000)) }
}
