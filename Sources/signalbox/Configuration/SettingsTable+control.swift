import Gateway

extension SettingsTable {
  /// What people want of tasks that run.
  static let control: [Setting] = {
    let defaults = RunDeadlines()
    return [
      Setting(
        "control.cancelSeconds", .integer(1...3600), .integer(Int(defaults.cancel.components.seconds)),
        "In which an agent that was asked to stop must have stopped; then it is asked once more, and 3 s later the gateway ends the task."
      ),
      Setting(
        "control.claimSeconds", .integer(1...86_400), .integer(Int(defaults.claim.components.seconds)),
        "How long others are shown who is answering a question, from the moment in which somebody says so."),
    ]
  }()
}
