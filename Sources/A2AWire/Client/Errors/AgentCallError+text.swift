import A2A
import HTTP
import Wire

extension AgentCallError: CustomStringConvertible {
  /// One sentence in printable ASCII: what was asked, of whom, and what came of it. What `Wire` has to say follows in its own words.
  package var description: String {
    "\(operation) failed at \(agent): \(text)"
  }

  private var text: String {
    switch reason {
    case .refused(let error, let answer):
      "it refused with \(Self.name(of: error, answer)) \(ForeignText.quoting(error.message))."
    case .answered(let answer): "\(answer.text)."
    case .transport(let error): error.description + Self.advice(on: error)
    case .cut(let state, let cut): "\(Self.text(of: cut)) while the task was \(state?.words ?? "not yet known")."
    case .breach(let breach): "\(breach.text), which A2A does not allow."
    case .unreadableCard(let text): "its card cannot be understood: \(ForeignText.clause(text))."
    case .noInterface(let offers): "\(offers.text)."
    case .unsendable(let text): "the request cannot be sent: \(ForeignText.clause(text))."
    case .cancelled: "it was cancelled."
    }
  }

  /// TLS has no alert that says "I do not know you by that name": agents that let in certain names only end it with this one.
  private static func advice(on error: ClientError) -> String {
    guard case .refusedByPeer(let alert) = error.reason, alert.description == "handshake_failure" else { return "" }
    return " It may not know the name in our certificate; ask whoever runs it to let that in, or show another."
  }

  private static func name(of error: A2AError, _ answer: PeerAnswer) -> String {
    let reason = error.reason.map { ForeignText.quoting($0) + " " } ?? ""
    let challenge = answer.challenge.map { ", asking for \(ForeignText.quoting($0))," } ?? ""
    return "\(reason)(\(error.code.number), status \(answer.status.code))\(challenge)"
  }

  private static func text(of cut: StreamCut) -> String {
    switch cut {
    case .closed: "it closed the stream"
    case .silent(let limit): "its stream was silent for \(Int(limit / .milliseconds(1))) ms"
    case .lost(let error): "its stream was lost (\(ForeignText.clause(error.description)))"
    }
  }
}
