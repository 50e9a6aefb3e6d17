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
    return journal
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
