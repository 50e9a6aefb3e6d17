import Identity
import Wire

/// The files and the folder that identity rests on, read as the gateway will.
struct IdentityFiles {
  let settings: Settings

  var problems: [ConfigurationProblem] {
    let state = settings.path("state").flatMap { LocalFile.whyNoFolder($0) }
    return (state.map { [problem("state", $0)] } ?? [])
      + check("policy") { _ = try Policy.load($0, issuers: issuers) }
      + check("tokens.keys") { _ = try KeySet(jwks: try FileContents.read($0, limit: KeySet.sizeLimit), source: $0) }
      + check("tokens.keysAuthority", authority) + check("tokens.secret") { _ = try TokenSecret.load($0) }
      + check("openId.authority", authority) + check("openId.clientSecret", clientSecret)
  }

  private var issuers: Set<String> {
    Set(["tokens.issuer", "openId.issuer"].compactMap { settings.optionalText($0) })
  }

  /// What is wrong with the file of a key, if it names one; `load` is asked only for files that can be read.
  private func check(_ key: String, _ load: (String) throws -> Void) -> [ConfigurationProblem] {
    guard let file = settings.path(key) else { return [] }
    if let reason = LocalFile.whyUnreadable(file) { return [problem(key, reason)] }
    do {
      try load(file)
      return []
    } catch let error as PolicyError {
      return error.problems.map { problem(key, "\(file):\($0.line): \($0.text)") }
    } catch let error as WireError {
      return [problem(key, error.message)]
    } catch {
      return [problem(key, "\(error)")]
    }
  }

  private func authority(_ file: String) throws {
    _ = try ServerTrust.load(authorityFile: file)
  }

  private func clientSecret(_ file: String) throws {
    guard try !SecretFile.read(file, attempt: "read the client secret").isEmpty else {
      throw WireError(.file, "\(file) is empty. Put in what the issuer gave out, on one line.")
    }
  }

  private func problem(_ key: String, _ reason: String) -> ConfigurationProblem {
    .broken(key, settings.entry(key), reason)
  }
}
