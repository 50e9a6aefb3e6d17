/// How the program ends.
enum ExitCode: Int32, Sendable, CaseIterable {
  case ok = 0
  /// Something that was asked for could not be done; or the answer to what was asked is no.
  case failure = 1
  /// What was followed has ended, but not well.
  case taskFailed = 2
  case taskCanceled = 3
  case taskRejected = 4
  /// The command line is wrong (EX_USAGE of sysexits.h).
  case usage = 64
  /// The configuration is wrong (EX_CONFIG of sysexits.h).
  case configuration = 78
  /// Somebody ended the command before what it waited for had come (128 and the number of SIGINT, as shells have it).
  case interrupted = 130

  private var meaning: String {
    switch self {
    case .ok: "everything was done"
    case .failure: "something could not be done, and standard error says what; or policy explain says no"
    case .taskFailed: "tail, submit --wait: the task has failed"
    case .taskCanceled: "tail, submit --wait: the task was canceled"
    case .taskRejected: "tail, submit --wait: the agent has rejected the task"
    case .usage: "the command line is wrong"
    case .configuration: "the configuration is wrong, and nothing was started"
    case .interrupted: "tail, submit --wait: ended by a signal; the task goes on"
    }
  }

  static var help: String {
    "Exit codes:\n" + TextLayout.columns(allCases.map { ("\($0.rawValue)", $0.meaning) }, width: HelpText.width)
  }
}
