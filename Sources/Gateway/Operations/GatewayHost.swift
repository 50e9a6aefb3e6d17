/// What the process around a gateway does for it when an operator asks over the admin listener.
package struct GatewayHost: Sendable {
  /// Reads the configuration again. Throws `ConfigurationRefused` when it cannot be used.
  package var readConfiguration: @Sendable () throws -> ConfigurationReading
  /// Begins the end, as SIGTERM does. Returns at once.
  package var beginEnd: @Sendable () -> Void

  package init(
    readConfiguration: @escaping @Sendable () throws -> ConfigurationReading, beginEnd: @escaping @Sendable () -> Void
  ) {
    self.readConfiguration = readConfiguration
    self.beginEnd = beginEnd
  }
}

/// A configuration that was read while a gateway runs.
package struct ConfigurationReading: Sendable {
  package var configuration: GatewayConfiguration
  package var report: ReloadReport
  /// Called once all of it is in force.
  package var wasAdopted: @Sendable () -> Void

  package init(
    configuration: GatewayConfiguration, report: ReloadReport, wasAdopted: @escaping @Sendable () -> Void
  ) {
    self.configuration = configuration
    self.report = report
    self.wasAdopted = wasAdopted
  }
}

/// Which settings have other values than before.
package struct ReloadReport: Sendable, Equatable {
  /// Those that are in force now.
  package var changed: [String]
  /// Those that need a restart.
  package var pending: [String]

  package init(changed: [String] = [], pending: [String] = []) {
    self.changed = changed
    self.pending = pending
  }
}

/// Everything that is wrong with a configuration, a sentence each.
package struct ConfigurationRefused: Error, Sendable, Equatable, CustomStringConvertible {
  package let problems: [String]

  package init(problems: [String]) {
    self.problems = problems
  }

  package var description: String { problems.joined(separator: " ") }
}
