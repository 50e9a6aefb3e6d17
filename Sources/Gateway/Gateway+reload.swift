import Telemetry
import Wire

extension Gateway {
  /// Reads everything again that may change while a gateway runs, and puts it in place; whoever may go on goes on. One reload after
  /// another, in the order in which they were asked for. Throws, with nothing changed, when something of it is no good.
  @discardableResult
  package func reload() async throws -> ReloadReport {
    let before = reloading
    let task = Task {
      _ = await before?.result
      return try await readAgain()
    }
    reloading = task
    return try await task.value
  }

  private func readAgain() async throws -> ReloadReport {
    let reading = try await read()
    var wanted = configuration
    if let reading { wanted = configuration.adopting(reading.configuration) }
    var loaded: [(name: ListenerName, listener: GatewayConfiguration.Listener, tls: TLSConfiguration)] = []
    for (name, listener) in wanted.openListeners { loaded.append((name, listener, try listener.loadTLS())) }
    let policy = try await identity?.readAgain(policyFile: wanted.identity.policyFile)
    let agents = try await work?.directory.read(wanted.work)
    let push = try await PushDesk.readTLS(wanted.work)
    try await identity?.audit.reopen()
    for (name, listener, tls) in loaded {
      try await server.reload(name.rawValue, tls: tls)
      status.update(
        name, clientCertificates: listener.clientCertificates, certificates: CertificateEnd.all(of: tls))
    }
    if let agents {
      try await work?.directory.adopt(agents)
      await work?.runs.adopt(wanted.work.agents)
    }
    if let push { try await work?.push?.adopt(push) }
    if let policy { identity?.put(policy) }
    records?.rounds.retention = wanted.journal.retention
    records?.admission.change(wanted.admission)
    configuration = wanted
    let report = reading?.report ?? ReloadReport()
    status.pending = report.pending
    reading?.wasAdopted()
    tell(report)
    return report
  }

  private func read() async throws -> ConfigurationReading? {
    guard let host else { return nil }
    return try await BlockingPool.shared.run { try host.readConfiguration() }
  }

  private func tell(_ report: ReloadReport) {
    log.info(
      "configuration, policy and certificates reloaded",
      [
        "listeners": .list(configuration.openListeners.map { .string($0.0.rawValue) }),
        "changed": .list(report.changed.map { .string($0) }),
      ])
    if !report.pending.isEmpty {
      log.warning(
        "some settings have changed that only a restart takes in", ["keys": .list(report.pending.map { .string($0) })])
    }
  }
}

extension GatewayConfiguration {
  /// As many of one principal may wait as may be open.
  var admission: AdmissionDesk.Settings {
    AdmissionDesk.Settings(
      perSecond: streams.admitPerSecond, patience: Int64(streams.admitWithin / .milliseconds(1)),
      perPrincipal: identity.rates.streamsPerPrincipal)
  }

  var openListeners: [(ListenerName, Listener)] {
    let all: [(ListenerName, Listener?)] = [
      (.public, publicListener), (.agents, agentListener), (.admin, adminListener),
    ]
    return all.compactMap { name, listener in listener.map { (name, $0) } }
  }
}
