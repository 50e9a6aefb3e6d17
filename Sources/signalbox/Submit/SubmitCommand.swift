import Identity
import JSON
import Wire

/// `signalbox submit`: gives an agent something to do.
struct SubmitCommand: Sendable {
  let options: SubmitOptions
  let environment: [String: String]

  func run() async throws {
    ProcessSetup.prepare()
    let key = options.key ?? SecureRandom.token()
    let body = try SubmitBody.encode(options, id: SecureRandom.token(), key: key)
    let answer: JSONValue
    do {
      answer = try await GatewayClient.with(options.gateway.access()) { client in
        try await client.post("/api/tasks", body)
      }
    } catch let refusal as GatewayRefusal {
      throw CommandFailure.failure(refusal.sentence)
    } catch let error as ClientError {
      throw CommandFailure.failure("\(error)\(advice(error, key))")
    }
    guard let task = answer["id"]?.string else {
      throw CommandFailure.failure(
        "What the gateway answered names no task; this program and that gateway do not match.")
    }
    guard options.waits else {
      Terminal.print(options.printsJSON ? Self.line(answer) : TerminalText.line(task, limit: 200))
      return
    }
    Terminal.complain(["The task is \(TerminalText.line(task, limit: 200))."])
    try await TailCommand(
      options: TailOptions(options.gateway, task: task, printing: options.printsJSON ? .task : .text),
      environment: environment
    ).run()
  }

  /// What was sent may have arrived all the same.
  private func advice(_ error: ClientError, _ key: String) -> String {
    guard !Self.isUnsent(error.reason) else { return GatewayClient.advice(error.reason) }
    return
      " Nobody knows whether the task has begun; submit it again with --task-key \(Shell.quoted(key)), and it begins once."
  }

  /// Whether the gateway has taken nothing: there was no connection, or none over which it listens to us.
  static func isUnsent(_ reason: ClientError.Reason) -> Bool {
    switch reason {
    case .unresolved, .unreachable, .forbidden, .untrusted, .timedOut(.connect, _): true
    case .refusedByPeer(let alert): alert.concernsCertificate
    default: false
    }
  }

  private static func line(_ answer: JSONValue) -> String {
    var writer = JSONWriter()
    writer.value(answer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
