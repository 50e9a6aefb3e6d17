import Journal

/// What must hold for the journal.
struct RecordRules: SettingRules {
  /// Below it SQLite would not get as far as its first records.
  static let smallestLimit = 1 << 20

  let settings: Settings

  var problems: [ConfigurationProblem] {
    let limit = settings.integer("journal.sizeLimitBytes")
    return unless(
      limit == 0 || limit >= Self.smallestLimit, "journal.sizeLimitBytes",
      "So little is full at once. Allow \(Self.smallestLimit) or more, or 0 for as much as the disk has.") + redis
  }

  private var redis: [ConfigurationProblem] {
    guard settings.text("journal.engine") == "redis" else { return [] }
    guard let url = settings.optionalText("journal.redis.url") else {
      return unless(false, "journal.redis.url", "journal.engine is redis: name the server, rediss://HOST:PORT.")
    }
    guard let server = RedisServer(url) else {
      return unless(
        false, "journal.redis.url",
        "Write rediss://HOST:PORT, or redis://HOST:PORT for this machine, with nothing else in it; user and password have "
          + "settings of their own.")
    }
    let hasCertificate = isSet("journal.redis.certificate")
    return unless(
      !server.isEncrypted || isSet("journal.redis.authority"), "journal.redis.authority",
      "Name the authorities that may vouch for the server of journal.redis.url.")
      + unless(
        hasCertificate == isSet("journal.redis.key"),
        hasCertificate ? "journal.redis.key" : "journal.redis.certificate",
        "A certificate and its key belong together.")
      + unless(
        !isSet("journal.redis.user") || isSet("journal.redis.password"), "journal.redis.password",
        "A user needs a password.")
      + unless(
        !settings.text("journal.redis.prefix").contains(where: { "{}".contains($0) }), "journal.redis.prefix",
        "Braces are put around it; leave them out.")
  }
}
