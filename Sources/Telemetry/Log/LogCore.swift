import Synchronization

/// What all handles on one log share.
final class LogCore: Sendable {
  private let level: Atomic<LogLevel>
  private let sink: any LogSink
  private let clock: WallClock

  init(sink: any LogSink, minimumLevel: LogLevel, clock: @escaping WallClock) {
    self.sink = sink
    level = Atomic(minimumLevel)
    self.clock = clock
  }

  var minimumLevel: LogLevel {
    get { level.load(ordering: .relaxed) }
    set { level.store(newValue, ordering: .relaxed) }
  }

  func write(_ level: LogLevel, _ message: String, bound: BoundFields, fields: LogFields) {
    var line = JSONLine(capacity: 384)
    line.add("time", microsecondsSince1970: clock())
    line.add("level", level.name)
    line.add("message", message)
    bound.write(with: fields, to: &line)
    sink.write(line.finishLine())
  }
}
