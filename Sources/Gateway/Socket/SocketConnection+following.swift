import HTTP
import Identity
import JSON
import Journal
import Telemetry
import Wire

// What is watched beside records: the questions that wait, and who watches a task.
extension SocketConnection {
  func follow(_ what: SocketFollowing, _ id: String) {
    services.metrics.subscriptions.add()
    let task = start { await $0.serve(what, id) }
    open[id] = OpenSubscription(task: task)
  }

  private func serve(_ what: SocketFollowing, _ id: String) async {
    do {
      switch what {
      case .questions: try await serveQuestions(id)
      case .presence(let task): try await servePresence(of: task, id)
      }
    } catch {
      giveUp(id, because: error)
    }
    forget(id)
  }

  // MARK: Questions

  /// First those that wait, then whatever becomes of any. Whoever is told of one twice has heard how it stands now.
  private func serveQuestions(_ id: String) async throws {
    // Taken before the list is: what changes meanwhile comes behind it.
    let session = StreamSession(
      hub: services.hub, scope: .everything, opening: .continued(after: services.hub.tail),
      principal: asker.principal.name)
    guard let asker = grant.asker else { throw Refusal.notAllowed }
    let waiting = try await questions.open(for: asker, limit: Self.shownAtOnce)
    let inbox = InboxAudience(loop: loop)
    let watching = Task(executorPreference: loop.tasks) { [grant] in
      defer { inbox.close() }
      _ = try? await session.run(for: inbox, under: grant)
    }
    defer { watching.cancel() }
    try await withTaskCancellationHandler {
      for await news in inbox.news {
        switch news {
        case .began(let beginning): try await tell(waiting, id, beginning)
        case .happened(let record): try await tell(record)
        }
      }
      try Task.checkCancellation()
      end(id, inbox.hasMissed ? "slow" : "failed")
    } onCancel: {
      inbox.close()
    }
  }

  /// As many as anybody could look at; those behind them come when they change.
  private static let shownAtOnce = 1000

  /// How many come is said before them, so that a list can be told from news. Their reader may take its time.
  private func tell(_ waiting: Questions.Page, _ id: String, _ beginning: StreamBeginning) async throws {
    open[id]?.isAnswered = true
    answer(.inbox(id, beginning, waiting))
    for question in waiting.questions {
      try Task.checkCancellation()
      let message = EncodedMessage(text: ServerMessage.question(question).bytes)
      try await socket.send(message, settlingBelow: services.settlingMark)
    }
  }

  private var questions: Questions { Questions(tasks: services.control.tasks) }

  private func tell(_ record: Record) async throws {
    guard let asker = grant.asker, let value = try? JSONValue(parsing: record.payload),
      let name = value["question"]?.string, let state = value["state"]?.string
    else { return }
    if state == "closed" {
      return say(
        .questionClosed(name, of: record.task, how: value["how"]?.string ?? "", by: value["by"]?.string))
    }
    guard let task = try await services.hub.journal.task(record.task),
      let question = try await questions.open(name, of: task, for: asker)
    else { return }
    say(.question(question))
  }

  // MARK: Presence

  private func servePresence(of id: String, _ subscription: String) async throws {
    guard let asker = grant.asker else { throw Refusal.notAllowed }
    let task = try await services.control.tasks.task(id, .watch, by: asker)
    open[subscription]?.facts = [TaskFacts(task.opening)]
    open[subscription]?.isAnswered = true
    answer(.ack(subscription) { $0.member("subscription", subscription) })
    let follower = services.hub.presence.follow(id)
    defer { follower.stop() }
    for await news in follower.news { say(.presence(news, of: id)) }
  }
}
