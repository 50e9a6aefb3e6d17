import Identity
import Wire

/// The files and the folder that identity rests on, read as the gateway will.
struct IdentityFiles: FileCheck {
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

  private func authority(_ file: String) throws {
    _ = try ServerTrust.load(authorityFile: file)
  }

  private func clientSecret(_ file: String) throws {
    guard try !SecretFile.read(file, attempt: "read the client secret").isEmpty else {
      throw WireError(.file, "\(file) is empty. Put in what the issuer gave out, on one line.")
    }
  }
}
