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
    guard text("journal.engine") == "redis", var redis = server("journal.redis") else { return nil }
    redis.prefix = text("journal.redis.prefix")
    return redis
  }

  private func server(_ key: String) -> RedisConfiguration? {
    guard let server = optionalText("\(key).url").flatMap(RedisServer.init) else { return nil }
    var redis = RedisConfiguration(server: server)
    redis.user = optionalText("\(key).user")
    redis.passwordFile = path("\(key).password")
    redis.authorityFile = path("\(key).authority")
    redis.certificateFile = path("\(key).certificate")
    redis.keyFile = path("\(key).key")
    return redis
  }

  /// Nil where no stream is read.
  var streamIngest: StreamIngestConfiguration? {
    guard let redis = server("ingest.redis"), let principal = optionalText("ingest.redis.principal") else { return nil }
    var ingest = StreamIngestConfiguration(redis: redis, principal: principal)
    ingest.stream = text("ingest.redis.stream")
    ingest.group = text("ingest.redis.group")
    return ingest
  }

  var streams: StreamConfiguration {
    var streams = StreamConfiguration()
    streams.heartbeat = .seconds(integer("streams.heartbeatSeconds"))
    streams.retryMilliseconds = integer("streams.retryMilliseconds")
    streams.leavePerSecond = integer("streams.leavePerSecond")
    streams.leaveWithin = .seconds(integer("streams.leaveWithinSeconds"))
    streams.admitPerSecond = integer("streams.admitPerSecond")
    streams.admitWithin = .seconds(integer("streams.admitWithinSeconds"))
    streams.backlog = integer("streams.backlogBytes")
    return streams
  }

  /// 0 stands for none.
  private func bound(_ key: String) -> Int? {
    integer(key) == 0 ? nil : integer(key)
  }
}
