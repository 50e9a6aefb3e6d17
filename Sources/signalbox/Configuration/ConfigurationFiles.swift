import Gateway
import Wire

/// Reads every file a configuration names, as the gateway will, so that all that is wrong with them is known at once.
enum ConfigurationFiles {
  /// Only listeners that are opened, and only files they use; then those of identity, where the journal is, and those of agents.
  static func problems(in settings: Settings) -> [ConfigurationProblem] {
    ListenerRole.allCases.filter(settings.isOpen).flatMap { listenerProblems($0, settings) }
      + IdentityFiles(settings: settings).problems + journalProblems(settings)
      + RedisFiles(settings: settings).problems
      + sampleProblems(settings)
      + WorkFiles(settings: settings).problems
  }

  /// The file itself is not opened: a running gateway may have it.
  private static func journalProblems(_ settings: Settings) -> [ConfigurationProblem] {
    guard let file = settings.path("journal.file"), let reason = LocalFile.whyNoPlace(for: file) else { return [] }
    return [.broken("journal.file", settings.entry("journal.file"), reason)]
  }

  private static func sampleProblems(_ settings: Settings) -> [ConfigurationProblem] {
    guard let folder = settings.path("samples"),
      let reason = loading({ () throws(WireError) in _ = try SampleShelf.load(folder) })
    else { return [] }
    return [.broken("samples", settings.entry("samples"), reason)]
  }

  private static func listenerProblems(_ role: ListenerRole, _ settings: Settings) -> [ConfigurationProblem] {
    let needsTrust = settings.text(role.key("clientCertificates")) != "none"
    return identityProblems(role, settings) + (needsTrust ? trustProblems(role, settings) : [])
  }

  private static func trustProblems(_ role: ListenerRole, _ settings: Settings) -> [ConfigurationProblem] {
    let missing = missingFiles(["clientAuthority", "revocationList"], role, settings)
    guard missing.isEmpty, let authority = settings.path(role.key("clientAuthority")) else { return missing }
    if let reason = loading({ () throws(WireError) in try trust(authority, nil) }) {
      return [problem("clientAuthority", reason, role, settings)]
    }
    guard let list = settings.path(role.key("revocationList")),
      let reason = loading({ () throws(WireError) in try trust(authority, list) })
    else { return [] }
    return [problem("revocationList", reason, role, settings)]
  }

  private static func identityProblems(_ role: ListenerRole, _ settings: Settings) -> [ConfigurationProblem] {
    let missing = missingFiles(["certificate", "key"], role, settings)
    guard missing.isEmpty, let certificate = settings.path(role.key("certificate")),
      let key = settings.path(role.key("key"))
    else { return missing }
    let reason = loading { () throws(WireError) in _ = try TLSIdentity.load(chainFile: certificate, keyFile: key) }
    // The reason begins with the name of the file that is meant.
    return reason.map { [problem($0.hasPrefix(key) ? "key" : "certificate", $0, role, settings)] } ?? []
  }

  private static func missingFiles(
    _ names: [String], _ role: ListenerRole, _ settings: Settings
  ) -> [ConfigurationProblem] {
    names.compactMap { name in
      settings.path(role.key(name)).flatMap { LocalFile.whyUnreadable($0) }
        .map { problem(name, $0 + advice(after: $0, settings), role, settings) }
    }
  }

  private static func problem(
    _ name: String, _ reason: String, _ role: ListenerRole, _ settings: Settings
  ) -> ConfigurationProblem {
    .broken(role.key(name), settings.entry(role.key(name)), reason)
  }

  private static func trust(_ authority: String, _ list: String?) throws(WireError) {
    _ = try ClientTrust.load(authorityFile: authority, revocationFile: list, names: ClientNames())
  }

  private static func loading(_ load: () throws(WireError) -> Void) -> String? {
    do throws(WireError) {
      try load()
      return nil
    } catch {
      return error.message
    }
  }

  /// Somebody who has configured no certificate at all most likely has none yet.
  private static func advice(after reason: String, _ settings: Settings) -> String {
    let isUnconfigured = settings.entry(ListenerRole.public.key("certificate")).origin == .defaultValue
    return isUnconfigured && reason.hasSuffix("does not exist.")
      ? " For certificates to develop with, run: signalbox certs init" : ""
  }
}
