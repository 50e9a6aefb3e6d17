/// How the program ends.
enum ExitCode: Int32, Sendable, CaseIterable {
  case ok = 0
  /// Something that was asked for could not be done; or the answer to what was asked is no.
  case failure = 1
  /// What was followed has ended, but not well.
  case taskFailed = 2
  case taskCanceled = 3
  case taskRejected = 4
  /// The agent said no to a command.
  case agentRefused = 5
  /// The agent kept on after a cancel, until the gateway ended the task.
  case ignored = 6
  /// The task, or the question, was over before the command came to it.
  case tooLate = 7
  /// The agent does not have the command, or nobody knew in time what came of it.
  case unknownOutcome = 8
  /// The gateway does not take the command: it is not allowed, or not possible.
  case notTaken = 9
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
    case .agentRefused: "cancel, answer, pause, resume with --wait: the agent refused"
    case .ignored: "cancel --wait: the agent kept on; the gateway has ended the task"
    case .tooLate: "cancel, answer, pause, resume with --wait: the task had ended by itself before"
    case .unknownOutcome:
      "cancel, answer, pause, resume: the agent does not have it, or what came of it is not known in time"
    case .notTaken:
      "cancel, answer, pause, resume: the gateway does not take it (no such task, no right to it, answered by somebody "
        + "else, …)"
    case .usage: "the command line is wrong"
    case .configuration: "the configuration is wrong, and nothing was started"
    case .interrupted: "tail, submit --wait, cancel --wait and the like: ended by a signal; the task goes on"
    }
  }

  static var help: String {
    "Exit codes:\n" + TextLayout.columns(allCases.map { ("\($0.rawValue)", $0.meaning) }, width: HelpText.width)
  }
}
