import Gateway
import Identity
import Wire

/// The files of agents and of what is sent about their work, read as the gateway will.
struct WorkFiles: FileCheck {
  let settings: Settings

  var problems: [ConfigurationProblem] {
    settings.agentNames.flatMap(agent)
      + ["work.pushAuthority", "work.spansAuthority"].flatMap { key in
        check(key) { _ = try ServerTrust.load(authorityFile: $0) }
      }
  }

  private func agent(_ name: String) -> [ConfigurationProblem] {
    func key(_ setting: String) -> String { SettingsTable.agentKey(name, setting) }
    let authority = check(key("authority")) { _ = try ServerTrust.load(authorityFile: $0) }
    return identity(name) + authority
      + check(key("revocationList")) { list in
        guard authority.isEmpty, let file = settings.path(key("authority")) else { return }
        _ = try ServerTrust.load(authorityFile: file, revocationFile: list)
      }
      + check(key("cardKeys")) { _ = try KeySet(jwks: try FileContents.read($0, limit: KeySet.sizeLimit), source: $0) }
  }

  private func identity(_ name: String) -> [ConfigurationProblem] {
    let (certificateKey, keyKey) = (SettingsTable.agentKey(name, "certificate"), SettingsTable.agentKey(name, "key"))
    let missing = check(certificateKey) { _ in } + check(keyKey) { _ in }
    guard missing.isEmpty, let certificate = settings.path(certificateKey), let key = settings.path(keyKey) else {
      return missing
    }
    do throws(WireError) {
      _ = try TLSIdentity.load(chainFile: certificate, keyFile: key)
      return []
    } catch {
      // The reason begins with the name of the file that is meant.
      return [problem(error.message.hasPrefix(key) ? keyKey : certificateKey, error.message)]
    }
  }
}
