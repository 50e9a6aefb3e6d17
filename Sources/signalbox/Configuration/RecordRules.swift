import Identity
import Journal

/// What must hold for the journal, and for a stream that events are taken from.
struct RecordRules: SettingRules {
  /// Below it SQLite would not get as far as its first records.
  static let smallestLimit = 1 << 20

  let settings: Settings

  var problems: [ConfigurationProblem] {
    let limit = settings.integer("journal.sizeLimitBytes")
    return unless(
      limit == 0 || limit >= Self.smallestLimit, "journal.sizeLimitBytes",
      "So little is full at once. Allow \(Self.smallestLimit) or more, or 0 for as much as the disk has.") + redis
      + streamIngest
  }

  private var redis: [ConfigurationProblem] {
    guard settings.text("journal.engine") == "redis" else { return [] }
    guard let url = settings.optionalText("journal.redis.url") else {
      return unless(false, "journal.redis.url", "journal.engine is redis: name the server, rediss://HOST:PORT.")
    }
    return server(at: url, "journal.redis")
      + unless(
        !settings.text("journal.redis.prefix").contains(where: { "{}".contains($0) }), "journal.redis.prefix",
        "Braces are put around it; leave them out.")
  }

  private var streamIngest: [ConfigurationProblem] {
    guard let url = settings.optionalText("ingest.redis.url") else {
      return unless(
        !isSet("ingest.redis.principal"), "ingest.redis.url", "ingest.redis.principal is set: name the server as well.")
    }
    let principal = settings.optionalText("ingest.redis.principal")
    return server(at: url, "ingest.redis")
      + unless(
        principal.map(TextRule.name.isMet) ?? false, "ingest.redis.principal",
        "Name who publishes there: a name that the policy gives, \(TextRule.name.expectation).")
  }

  private func server(at url: String, _ key: String) -> [ConfigurationProblem] {
    guard let server = RedisServer(url) else {
      return unless(
        false, "\(key).url",
        "Write rediss://HOST:PORT, or redis://HOST:PORT for this machine, with nothing else in it; user and password have "
          + "settings of their own.")
    }
    let hasCertificate = isSet("\(key).certificate")
    return unless(
      !server.isEncrypted || isSet("\(key).authority"), "\(key).authority",
      "Name the authorities that may vouch for the server of \(key).url.")
      + unless(
        hasCertificate == isSet("\(key).key"), hasCertificate ? "\(key).key" : "\(key).certificate",
        "A certificate and its key belong together.")
      + unless(
        !isSet("\(key).user") || isSet("\(key).password"), "\(key).password", "A user needs a password.")
  }
}
