/// A structured log: one JSON object per line, `{"time":…,"level":…,"message":…,` and the fields `}`.
///
/// A `Log` is a cheap handle: a request or a connection makes its own with the fields that name it. All handles made
/// from one share its sink, clock and minimum level. The message is a constant; data belongs in fields, which are not
/// even built when the level is off. Any thread may log at any time; what a line contains can neither make logging fail
/// nor break the line in two. Of several fields with one name the newest is written; one named `time`, `level` or
/// `message` is written with `_` behind its name.
package struct Log: Sendable {
  private let core: LogCore
  private var bound = BoundFields()

  package init(sink: any LogSink, minimumLevel: LogLevel = .info, clock: @escaping WallClock) {
    core = LogCore(sink: sink, minimumLevel: minimumLevel, clock: clock)
  }

  /// The lowest level that is written, for this log and all that share its sink. May change at any time.
  package var minimumLevel: LogLevel {
    get { core.minimumLevel }
    nonmutating set { core.minimumLevel = newValue }
  }

  package func isEnabled(_ level: LogLevel) -> Bool { level >= minimumLevel }

  /// The same log with one more field on every line.
  package func with(_ key: String, _ value: LogValue) -> Log { with([key: value]) }

  /// The same log with more fields on every line.
  package func with(_ fields: LogFields) -> Log {
    var log = self
    log.bound = bound.adding(fields)
    return log
  }

  /// Writes a line, unless the level is off; then `fields` is not evaluated.
  package func write(_ level: LogLevel, _ message: String, _ fields: @autoclosure () -> LogFields = [:]) {
    guard isEnabled(level) else { return }
    core.write(level, message, bound: bound, fields: fields())
  }

  package func trace(_ message: String, _ fields: @autoclosure () -> LogFields = [:]) {
    write(.trace, message, fields())
  }

  package func debug(_ message: String, _ fields: @autoclosure () -> LogFields = [:]) {
    write(.debug, message, fields())
  }

  package func info(_ message: String, _ fields: @autoclosure () -> LogFields = [:]) {
    write(.info, message, fields())
  }

  package func warning(_ message: String, _ fields: @autoclosure () -> LogFields = [:]) {
    write(.warning, message, fields())
  }

  package func error(_ message: String, _ fields: @autoclosure () -> LogFields = [:]) {
    write(.error, message, fields())
  }
}
