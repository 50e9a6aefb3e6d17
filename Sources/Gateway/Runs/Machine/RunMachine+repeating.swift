import A2A

// What an agent says again: after its line broke, or its gateway was killed, it may not know what was heard. It is in the record once.
extension RunMachine {
  /// It was heard before, and is of no use a second time.
  /// - Parameter update: under our names.
  mutating func isRepetition(_ update: TaskEvent.StatusUpdate) -> Bool {
    guard sayings.has(update, names) else {
      // What comes behind something new is not said again.
      if RepeatedReport(update) == nil { mayRepeat = false }
      return false
    }
    if RepeatedReport(update) != nil { return true }
    // With a time, it is not said for a second time by chance.
    guard update.status.state == state else { return mayRepeat && update.status.timestamp != nil }
    // Amid a question the message is the question's, so that it tells no report from another.
    return mayRepeat || !(state.isInterrupted && update.metadata != nil)
  }

  /// The agent shows what it said before the last that was heard: it is about to say the rest again.
  /// - Parameter status: under our names.
  func isBehind(_ status: TaskStatus) -> Bool {
    guard mayRepeat, status != image.task.status, sayings.has(status, names) else { return false }
    return status.state == state || status.timestamp != nil
  }
}
