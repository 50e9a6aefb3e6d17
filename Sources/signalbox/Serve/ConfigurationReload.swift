import Gateway
import Synchronization
import Telemetry

/// Reads the configuration of a running gateway again, and tells what of it is in force and what waits for a restart.
final class ConfigurationReload: Sendable {
  /// From the arguments, the environment and the file, as at the start.
  private let load: @Sendable () throws -> LoadedConfiguration
  /// What cannot change is still as it was at the start.
  private let started: Settings
  private let adopted: Mutex<Settings>
  private let log: Log

  init(_ started: Settings, log: Log, load: @escaping @Sendable () throws -> LoadedConfiguration) {
    self.load = load
    self.started = started
    adopted = Mutex(started)
    self.log = log
  }

  /// Throws `ConfigurationRefused` with everything that is wrong.
  func read() throws -> ConfigurationReading {
    let loaded: LoadedConfiguration
    do {
      loaded = try load()
    } catch let failure as CommandFailure {
      throw ConfigurationRefused(problems: failure.messages)
    }
    let report = ReloadReport(
      changed: LiveSettings.differences(adopted.withLock { $0 }, loaded.settings).filter(LiveSettings.isLive),
      pending: LiveSettings.differences(started, loaded.settings).filter { !LiveSettings.isLive($0) })
    return ConfigurationReading(configuration: try loaded.gateway, report: report) { [self] in
      adopted.withLock { $0 = loaded.settings }
      log.minimumLevel = loaded.logLevel
    }
  }
}
