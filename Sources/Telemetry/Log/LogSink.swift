/// Where log lines go.
package protocol LogSink: Sendable {
  /// Takes one whole line, which ends with its only line feed.
  ///
  /// Called on whatever thread logs, from several at a time, and on loops: it must not block. It has no way to report a
  /// failure, because nobody who logs could do anything about one.
  func write(_ line: [UInt8])
}

/// A sink that throws every line away.
package struct DiscardSink: LogSink {
  package init() {}

  package func write(_ line: [UInt8]) {}
}
