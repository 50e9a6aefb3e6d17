import Gateway
import Identity

/// In whose name the events of a stream are published: somebody whom the policy knows, and who may.
///
/// `config check` looks at this alone. A policy may change while the gateway runs, and one that has lost the name, or has disabled it, keeps
/// nobody else from being served: then nothing is read, and `/status` says so.
struct StreamPrincipal: FileCheck {
  private static let key = "ingest.redis.principal"

  let settings: Settings

  var problems: [ConfigurationProblem] {
    guard settings.optionalText("ingest.redis.url") != nil, let name = settings.optionalText(Self.key) else {
      return []
    }
    guard let file = settings.path("policy") else {
      return [problem("Without a policy nobody is known, so nothing would be read from the stream. Set policy.")]
    }
    // What is wrong with the file is said with its own key.
    guard let policy = try? Policy.load(file, issuers: []) else { return [] }
    switch policy.principal(named: name) {
    case .refused(let reason):
      return [
        problem(
          "\(reason) Nothing would be read from the stream. Set a name that the policy gives, or give this one an entry there; "
            + "docs/ingest-redis.md has it.")
      ]
    case .known(let principal): return lacks(principal, file)
    }
  }

  private func lacks(_ principal: Principal, _ file: String) -> [ConfigurationProblem] {
    let missing = [Action.watch, .submit].filter { action in
      !principal.grants.contains { $0.actions.contains(action) }
    }
    guard !missing.isEmpty else { return [] }
    return [
      problem(
        "\(file) does not let it \(missing.map(\.rawValue).joined(separator: " or ")), so every entry of the stream would be "
          + #"refused. Give it a grant, as in {"actions": ["watch", "submit"], "tasks": "own"}."#)
    ]
  }

  private func problem(_ reason: String) -> ConfigurationProblem { problem(Self.key, reason) }
}
