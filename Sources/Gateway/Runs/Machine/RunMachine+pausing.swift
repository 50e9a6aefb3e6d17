import A2A

// "Begin nothing new", where the agent can.
extension RunMachine {
  mutating func takePause(_ command: RunCommand, _ why: String?, _ ticket: Int) {
    guard names.agentTask != nil else { return refuse(ticket, .notYetAtAgent) }
    put(RunRecords.command(command, why: why))
    accept(command, ticket, message: pauseMessage(command, seq: image.seq))
    refuseToPause()
    sayBeside()
  }

  /// No record has it: it is made again after a restart.
  private func pauseMessage(_ command: RunCommand, seq: Int64) -> Message {
    let request: PauseRequest = if case .resume = command.act { .resume } else { .pause }
    var message = Message(
      id: "\(names.task)-c\(seq)", role: .user, text: request.text, contextID: names.context, taskID: names.task)
    message.metadata = request.metadata()
    message.extensions = [PauseRequest.extensionURI]
    return message
  }

  /// After a restart.
  mutating func recallPauses() {
    for open in commands.open where open.command.isPause {
      commands.recall(pauseMessage(open.command, seq: open.memory.seq), of: open.command.key)
    }
  }

  /// After a restart it is not known at once what the agent can.
  mutating func refuseToPause() {
    guard mannerIsKnown, !manner.pauses else { return }
    for said in commands.unsaid where said.command.isPause {
      settle(
        said.command.key, .refused,
        "The agent \(agent) cannot be paused: its card does not name the extension \(PauseRequest.extensionURI).")
    }
  }

  /// An agent that waits for somebody is told without being answered.
  mutating func sayBeside() {
    switch phase {
    case .following, .waiting:
      for said in commands.unsaid where said.command.isPause {
        if let message = said.message { sayBeside(message, of: said.command.key) }
      }
    case .idle, .preparing, .connecting, .leaving, .sending, .blocking, .reaching, .ending, .ended, .over: break
    }
  }
}

extension RunCommand {
  /// Or the end of one.
  var isPause: Bool {
    switch act {
    case .pause, .resume: true
    case .cancel, .say, .answer, .claim, .release, .review: false
    }
  }
}
