import A2A

// An agent may have ended the task before it has answered what it was told: its stream is faster than its answer. The last records wait for the
// answer, for a moment, so that whoever asks hears what came of it, and the end is the last that there is to hear.
extension RunMachine {
  /// It is about to come to this state.
  mutating func holdBack(at state: TaskState) {
    guard state.isTerminal, !commands.inFlight.isEmpty else { return }
    holding = RunHolding(image: image, outline: outline, by: now.steady + Self.answersWithin)
  }

  private static let answersWithin: Int64 = 2000

  /// Of everything that was told there is a verdict: what was held back goes with the last one.
  mutating func letGo() {
    guard holding != nil, commands.inFlight.isEmpty else { return }
    holding = nil
    for (index, action) in actions.enumerated() {
      guard case .write(var write) = action else { continue }
      write.isHeldBack = false
      actions[index] = .write(write)
    }
  }

  /// Nobody waits longer for an end than for that.
  mutating func holdingTime() {
    guard let holding, holding.by <= now.steady else { return }
    settleUnheard()
    finishIfDone()
  }

  mutating func settleUnheard() {
    for said in commands.inFlight {
      settle(
        said.command.key, .undelivered, "The task ended, and nothing was heard of the message.\(Self.mayHaveArrived)")
    }
  }

  /// The task as of the last record that is not held back.
  var imageToStore: TaskImage { holding?.image ?? image }
  var outlineToStore: TaskOutline { holding?.outline ?? outline }
}

/// A task before its end, while the end is held back.
struct RunHolding: Sendable {
  var image: TaskImage
  let outline: TaskOutline
  /// On the steady clock.
  let by: Int64
}
