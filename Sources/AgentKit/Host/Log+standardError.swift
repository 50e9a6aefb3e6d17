package import Telemetry
package import Wire

extension Log {
  /// JSON lines on standard error.
  package static func standardError(minimumLevel: LogLevel = .info) throws(WireError) -> Log {
    Log(sink: try DescriptorSink(descriptor: 2), minimumLevel: minimumLevel) { UnixClock.milliseconds() * 1000 }
  }
}
