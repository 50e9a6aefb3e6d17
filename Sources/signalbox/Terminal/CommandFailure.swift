/// Why a command ends with another code than 0. Each message is a sentence or a few, and a line on standard error.
struct CommandFailure: Error, Equatable {
  let code: ExitCode
  let messages: [String]

  init(_ code: ExitCode, _ messages: [String]) {
    self.code = code
    self.messages = messages
  }

  static func failure(_ message: String) -> CommandFailure { CommandFailure(.failure, [message]) }
}
