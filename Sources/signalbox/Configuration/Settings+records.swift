import Gateway
import Journal

extension Settings {
  /// What happened: where and for how long it is kept. The path is from here on.
  var journal: JournalConfiguration {
    var journal = JournalConfiguration()
    journal.file = path("journal.file")
    journal.durability = Durability(rawValue: text("journal.durability")) ?? journal.durability
    journal.retention = Retention(
      age: bound("journal.keepDays").map { Int64($0) * 86_400_000 }, tasks: bound("journal.keepTasks"))
    journal.sizeLimit = bound("journal.sizeLimitBytes")
    journal.checksIntegrity = boolean("journal.checkAtStart")
    journal.redis = redis
    return journal
  }

  private var redis: RedisConfiguration? {
    guard text("journal.engine") == "redis", let server = optionalText("journal.redis.url").flatMap(RedisServer.init)
    else { return nil }
    var redis = RedisConfiguration(server: server)
    redis.prefix = text("journal.redis.prefix")
    redis.user = optionalText("journal.redis.user")
    redis.passwordFile = path("journal.redis.password")
    redis.authorityFile = path("journal.redis.authority")
    redis.certificateFile = path("journal.redis.certificate")
    redis.keyFile = path("journal.redis.key")
    return redis
  }

  var streams: StreamConfiguration {
    var streams = StreamConfiguration()
    streams.heartbeat = .seconds(integer("streams.heartbeatSeconds"))
    streams.retryMilliseconds = integer("streams.retryMilliseconds")
    streams.leavePerSecond = integer("streams.leavePerSecond")
    streams.leaveWithin = .seconds(integer("streams.leaveWithinSeconds"))
    streams.backlog = integer("streams.backlogBytes")
    return streams
  }

  /// 0 stands for none.
  private func bound(_ key: String) -> Int? {
    integer(key) == 0 ? nil : integer(key)
  }
}
