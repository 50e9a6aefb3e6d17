import Identity
import Wire

/// The files by which the gateway and a Redis server know each other, read as the gateway will.
struct RedisFiles: FileCheck {
  let settings: Settings

  var problems: [ConfigurationProblem] {
    (settings.text("journal.engine") == "redis" ? problems(below: "journal.redis") : [])
      + (settings.optionalText("ingest.redis.url") == nil ? [] : problems(below: "ingest.redis"))
  }

  private func problems(below key: String) -> [ConfigurationProblem] {
    check("\(key).authority") { _ = try ServerTrust.load(authorityFile: $0) }
      + check("\(key).password") { file in
        guard try !SecretFile.read(file, attempt: "read the password of Redis").isEmpty else {
          throw WireError(.file, "\(file) is empty. Put in the password, on one line.")
        }
      }
      + check("\(key).certificate") { file in
        guard let key = settings.path("\(key).key") else { return }
        _ = try TLSIdentity.load(chainFile: file, keyFile: key)
      }
  }
}
