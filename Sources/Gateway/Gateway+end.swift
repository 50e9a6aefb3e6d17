import Telemetry
import Wire

/// The way to the end, as far as somebody has gone it.
struct GatewayEnding {
  /// All of it.
  var task: Task<Void, Never>?
  /// The time in which work is still taken.
  var pause: Task<Void, any Error>?
  /// The time in which those who hold streams are sent away, one after the other.
  var departure: Task<Void, Never>?
  /// Somebody does not want to wait for either.
  var isInHaste = false
}

extension Gateway {
  /// Not ready from now on; answers under way are finished, streams are told; then everything is closed. Returns when it is.
  /// - Parameter drainingFirst: takes work for a while yet (`GatewayConfiguration.drain`), so that whoever sends it here can notice that
  ///   it should not. A call without it puts an end to that.
  package func stop(drainingFirst: Bool = false) async {
    if !drainingFirst {
      ending.isInHaste = true
      ending.pause?.cancel()
      ending.departure?.cancel()
    }
    let task = ending.task ?? Task { await end() }
    ending.task = task
    await task.value
  }

  /// What `POST /drain` does.
  /// - Parameter rate: streams a second that are sent away; nil: as it is configured.
  func beginEnd(at rate: Int? = nil) {
    if let rate { configuration.streams.leavePerSecond = rate }
    // At once, so that the probe says so when the answer is there.
    status.phase = .draining
    guard let host else {
      Task { await stop(drainingFirst: true) }
      return
    }
    host.beginEnd()
  }

  /// What the end would be like.
  func forecast(_ asked: LeaveForecast.Asked) -> LeaveForecast {
    let settings = configuration.streams
    return LeaveForecast(
      plan: LeavePlan(
        streams: asked.streams ?? identity?.grants.leaving.count ?? 0, perSecond: asked.rate ?? settings.leavePerSecond,
        windowSeconds: Int(settings.leaveWithin.components.seconds)),
      admit: asked.admit ?? 0,
      phase: status.phase, drainSeconds: Int(configuration.drain.components.seconds),
      graceSeconds: Int(configuration.shutdownGrace.components.seconds))
  }

  /// Nil before the start.
  private var departure: Departure? {
    guard let identity else { return nil }
    let streams = configuration.streams
    return Departure(
      grants: identity.grants, perSecond: streams.leavePerSecond, window: streams.leaveWithin, log: log)
  }

  private func end() async {
    await work?.ownership?.takeNoMore()
    // Another gateway reads on at once, while this one still sends its streams away.
    let reading = Task { [streamDesk] in await streamDesk?.stop() }
    if !ending.isInHaste, configuration.drain > .zero {
      status.phase = .draining
      log.info("draining", ["takesWorkFor": .duration(configuration.drain)])
      let pause = Task { [time = configuration.drain] in try await Task.sleep(for: time) }
      ending.pause = pause
      _ = await pause.result
    }
    status.phase = .stopping
    // Whoever still waits for a turn is not to get one of the last.
    records?.admission.close()
    if !ending.isInHaste, let departure {
      // Whoever is sent away comes to another gateway, or to the next one of this place, and not here again.
      await server.takeNoMore()
      let pause = Task { await departure.run() }
      ending.departure = pause
      await pause.value
    }
    await server.stop(grace: configuration.shutdownGrace)
    await reading.value
    await rounds?.stop()
    await work?.stop()
    // Sessions may be where the journal is.
    await identity?.settle()
    await records?.stop()
    await identity?.stop()
    rounds = nil
    work = nil
    records = nil
    streamDesk = nil
    identity = nil
    log.info("stopped")
  }
}
