/// How the program ends.
enum ExitCode: Int32, Sendable, CaseIterable {
  case ok = 0
  /// Something that was asked for could not be done; or the answer to what was asked is no.
  case failure = 1
  /// The command line is wrong (EX_USAGE of sysexits.h).
  case usage = 64
  /// The configuration is wrong (EX_CONFIG of sysexits.h).
  case configuration = 78

  private var meaning: String {
    switch self {
    case .ok: "everything was done"
    case .failure: "something could not be done, and standard error says what; or policy explain says no"
    case .usage: "the command line is wrong"
    case .configuration: "the configuration is wrong, and nothing was started"
    }
  }

  static var help: String {
    "Exit codes:\n" + TextLayout.columns(allCases.map { ("\($0.rawValue)", $0.meaning) }, width: HelpText.width)
  }
}
