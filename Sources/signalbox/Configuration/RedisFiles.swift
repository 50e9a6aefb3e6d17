import Identity
import Wire

/// The files by which the gateway and a Redis server know each other, read as the gateway will.
struct RedisFiles: FileCheck {
  let settings: Settings

  var problems: [ConfigurationProblem] {
    guard settings.text("journal.engine") == "redis" else { return [] }
    return check("journal.redis.authority") { _ = try ServerTrust.load(authorityFile: $0) }
      + check("journal.redis.password") { file in
        guard try !SecretFile.read(file, attempt: "read the password of Redis").isEmpty else {
          throw WireError(.file, "\(file) is empty. Put in the password, on one line.")
        }
      }
      + check("journal.redis.certificate") { file in
        guard let key = settings.path("journal.redis.key") else { return }
        _ = try TLSIdentity.load(chainFile: file, keyFile: key)
      }
  }
}
