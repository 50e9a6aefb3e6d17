package import JSON

/// What an agent is doing, as the `metadata` of a status or artifact update carries it under Signalbox's extension.
///
/// An agent without the extension is understood all the same: its updates are updates.
package struct ProgressReport: Sendable, Equatable {
  /// The extension that agent cards declare.
  package static let extensionURI = "https://signalbox.dev/a2a/extensions/progress/v1"

  /// Which kind of step: `tool_started` and the others of docs/agents.md.
  package var type: Kind
  package var tool: String?
  /// Tells two calls of one tool apart.
  package var callID: String?
  package var step: Int?
  package var total: Int?
  package var message: String?
  /// What the task is about, for lists: better than what was known when it began.
  package var title: String?
  package var phase: String?
  package var durationMilliseconds: Int?
  package var records: Int?
  /// Input of a tool, or what it gave, bounded.
  package var input: JSONValue?
  package var summary: String?
  package var error: String?
  /// Which other agent this comes from, and which task of its it is about, where an agent passes on what another tells.
  package var agent: String?
  package var agentTask: String?
  /// What only this kind of agent knows.
  package var payload: JSONValue?

  package struct Kind: Sendable, Hashable {
    package let name: String

    package init(_ name: String) { self.name = name }
  }

  package init(_ type: Kind) { self.type = type }
}
