import Foundation
import HTTP
import JSON

/// `signalbox answer`: answers an agent's question, at once or field by field.
struct AnswerCommand: Sendable {
  let options: AnswerOptions

  func run() async throws {
    let asks = options.content == nil
    if asks, isatty(FileHandle.standardInput.fileDescriptor) != 1 {
      throw CommandFailure(
        .usage, ["Nobody is there to be asked. Give the answer: field=value, --text or --decline."])
    }
    let gateway = options.common.gateway
    try await CommandRunner.with(gateway, patience: asks ? nil : options.common.patience) { desk in
      var link = ControlLink(desk)
      link.start()
      do {
        let (question, content) = try await answer(desk, &link)
        let time = asks ? desk.later(.timeUp, after: options.common.patience) : nil
        defer { time?.cancel() }
        var round = CommandRound(waits: options.common.wait != nil, printsJSON: options.common.printsJSON)
        let request = ControlRequest(
          id: options.common.id ?? CommandID.make(),
          act: .answer(task: options.task, question: question, content))
        round.add(request)
        await link.ask(request)
        try await CommandRunner.finish(&round, &link)
      } catch {
        await link.end()
        throw error
      }
    }
  }

  /// Which question is answered, and how.
  private func answer(_ desk: ControlDesk, _ link: inout ControlLink) async throws -> (String, AnswerContent) {
    if let question = options.question, let content = options.content { return (question, content) }
    let open = try await question(desk.client)
    if let content = options.content { return (open.id, content) }
    return (open.id, try await ask(open, desk, &link))
  }

  private func question(_ client: GatewayClient) async throws -> OpenQuestion {
    let json: JSONValue
    do {
      json = try await client.get("/api/tasks/\(PercentEncoding.encode(options.task))/questions")
    } catch let refusal as GatewayRefusal {
      throw CommandFailure(.notTaken, [refusal.sentence])
    }
    let all = TaskQuestions(json, task: options.task)
    switch all.choose(options.question) {
    case .success(let question): return question
    case .failure(let failure): throw failure
    }
  }

  // MARK: Field by field

  private func ask(
    _ open: OpenQuestion, _ desk: ControlDesk, _ link: inout ControlLink
  ) async throws -> AnswerContent {
    let claim = ControlRequest(id: CommandID.make(), act: .claim(task: open.task, question: open.id))
    await link.ask(claim)
    var form = AnswerForm(open.question)
    say(form.introduction)
    prompt(form)
    TypedLines.read(into: desk.put)
    for await input in desk.inputs {
      switch input {
      case .line(let text?):
        switch form.enter(text) {
        case .next: prompt(form)
        case .again(let reason):
          Terminal.complain([reason])
          prompt(form)
        case .done(let content): return content
        }
      case .line(nil), .signal:
        Terminal.draw("\n")
        try await release(open, &link)
        throw CommandFailure(.interrupted, ["Nothing was answered."])
      default:
        for output in try await link.take(input) { heed(output, claim, form) }
      }
    }
    throw CommandFailure(.interrupted, [])
  }

  private func say(_ lines: [String]) {
    Terminal.draw(lines.map { $0 + "\n" }.joined())
  }

  private func prompt(_ form: AnswerForm) {
    say(form.asked)
    Terminal.draw(form.prompt)
  }

  /// What happens while somebody thinks. Who claims it first has no right to it, so nothing of this is in the way.
  private func heed(_ output: ControlSession.Output, _ claim: ControlRequest, _ form: AnswerForm) {
    switch output {
    case .nack(let request, let refusal) where request.id == claim.id:
      let who = refusal.by.map { "\($0) is answering this, too." } ?? refusal.sentence
      Terminal.complain([who])
      Terminal.draw(form.prompt)
    case .notice(let sentence):
      Terminal.complain([sentence])
      Terminal.draw(form.prompt)
    default: break
    }
  }

  /// Nobody waits longer for it than a moment.
  private func release(_ open: OpenQuestion, _ link: inout ControlLink) async throws {
    let release = ControlRequest(id: CommandID.make(), act: .release(task: open.task, question: open.id))
    await link.ask(release)
    let time = link.desk.later(.timeUp, after: .seconds(2))
    defer { time.cancel() }
    for await input in link.desk.inputs {
      if case .timeUp = input { return }
      for output in try await link.take(input) {
        switch output {
        case .ack(let request, _) where request.id == release.id: return
        case .nack(let request, _) where request.id == release.id: return
        default: continue
        }
      }
    }
  }
}
