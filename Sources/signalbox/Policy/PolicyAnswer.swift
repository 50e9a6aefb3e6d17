import Identity

/// What a policy says to a question, for people.
struct PolicyAnswer: Sendable, Equatable {
  let isYes: Bool
  let text: String

  /// - Parameter source: the file.
  init(_ question: PolicyQuestion, policy: Policy, source: String, command: CommandSpecification) throws(UsageError) {
    let claims = try Self.claims(question, policy, source, command)
    let place = policy.line(deciding: claims).map { "\(source) line \($0)" }
    let principal: Principal
    switch policy.identify(claims) {
    case .refused(let reason):
      let remedy =
        place.map { "The entry on \($0) without \"disabled\": true." }
        ?? "An entry of \(source) that fits this credential."
      self.init(isYes: false, [("why", reason), ("it takes", remedy)])
      return
    case .known(let known): principal = known
    }
    let subject = try Self.subject(question, principal, command)
    let decision = principal.decide(question.action, on: subject)
    var rows = [("who", Self.shown(principal, place)), ("why", decision.reason)]
    if !decision.isAllowed { rows.append(("it takes", Self.remedy(question.action, subject, principal, policy))) }
    self.init(isYes: decision.isAllowed, rows)
  }

  private init(isYes: Bool, _ rows: [(String, String)]) {
    self.isYes = isYes
    text = (isYes ? "yes" : "no") + "\n" + TextLayout.columns(rows, width: .max)
  }

  private static func claims(
    _ question: PolicyQuestion, _ policy: Policy, _ source: String, _ command: CommandSpecification
  ) throws(UsageError) -> CredentialClaims {
    switch question.who {
    case .credential(let claims): return claims
    case .named(let name, let roles, let tenant):
      if let claims = policy.credential(of: name, roles: roles, tenant: tenant) {
        if case .token = claims { return claims }
        if roles.isEmpty, tenant == nil { return claims }
        throw UsageError(
          message:
            "The options --role and --tenant say what a token says, and \(name) does not come with a token alone.",
          invocation: command.invocation)
      }
      let hint =
        Suggestion.nearest(to: name, among: policy.names).map { "Did you mean \($0)?" }
        ?? "Whoever has no name in it is asked for by a credential, such as token:SUBJECT."
      throw UsageError(
        message: "\(source) has no entry called \(name.debugDescription). \(hint)", invocation: command.invocation)
    }
  }

  private static func subject(
    _ question: PolicyQuestion, _ principal: Principal, _ command: CommandSpecification
  ) throws(UsageError) -> Subject {
    if question.target == .gateway { return .gateway }
    let named = principal.grants.filter { $0.actions.contains(question.action) }.flatMap { grant -> [String] in
      guard case .named(let agents) = grant.agents else { return [] }
      return Array(agents)
    }
    guard question.agent != nil || named.isEmpty else {
      throw UsageError(
        message: "The answer depends on the agent. Give --agent NAME; the policy names "
          + "\(Set(named).sorted().joined(separator: ", ")).", invocation: command.invocation)
    }
    let agent = question.agent ?? ""
    switch question.target {
    case .own: return .task(TaskFacts(owner: principal.name, tenant: principal.tenant, agent: agent))
    case .new: return .newTask(agent: agent)
    case .gateway: return .gateway
    case .other(let owner, let tenant): return .task(TaskFacts(owner: owner, tenant: tenant, agent: agent))
    }
  }

  private static func shown(_ principal: Principal, _ place: String?) -> String {
    let roles = Role.allCases.filter(principal.roles.contains).map(\.rawValue).joined(separator: ", ")
    return [
      principal.name + (place.map { " (\($0))" } ?? ""), roles.isEmpty ? "no roles" : "roles \(roles)",
      principal.tenant.map { "tenant \($0)" } ?? "no tenant",
    ].joined(separator: ", ")
  }

  /// What would turn a no into a yes.
  private static func remedy(
    _ action: Action, _ subject: Subject, _ principal: Principal, _ policy: Policy
  ) -> String {
    let scopes: [TaskScope]
    switch (action, subject) {
    case (.administer, .gateway), (.observe, .gateway): scopes = [.all]
    case (.administer, _), (.observe, _):
      return "Another action: \(action.rawValue) is about the gateway, and not about tasks."
    case (_, .gateway):
      return "The action observe or administer: \(action.rawValue) is about tasks, and not about the gateway."
    case (_, .task(let facts)) where facts.owner != principal.name:
      scopes = facts.tenant != nil && facts.tenant == principal.tenant ? [.tenant, .all] : [.all]
    case (_, .task), (_, .newTask), (_, .something): scopes = TaskScope.allCases
    }
    let tasks = scopes.map { "\"\($0.rawValue)\"" }.joined(separator: " or ")
    let grant = "a grant of \(action.rawValue) for the tasks \(tasks)"
    let roles = policy.roles(allowing: action, on: subject, to: principal).map(\.rawValue)
    switch roles.count {
    case 0: return "A\(grant.dropFirst())."
    case 1: return "The role \(roles[0]), or \(grant)."
    default: return "One of the roles \(roles.joined(separator: ", ")), or \(grant)."
    }
  }
}
