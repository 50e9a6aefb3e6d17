import Telemetry
import Wire

/// The way to the end, as far as somebody has gone it.
struct GatewayEnding {
  /// All of it.
  var task: Task<Void, Never>?
  /// The time in which work is still taken.
  var pause: Task<Void, any Error>?
  /// Somebody does not want to wait for that.
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
    }
    let task = ending.task ?? Task { await end() }
    ending.task = task
    await task.value
  }

  /// What `POST /drain` does.
  func beginEnd() {
    // At once, so that the probe says so when the answer is there.
    status.phase = .draining
    guard let host else {
      Task { await stop(drainingFirst: true) }
      return
    }
    host.beginEnd()
  }

  private func end() async {
    if !ending.isInHaste, configuration.drain > .zero {
      status.phase = .draining
      log.info("draining", ["takesWorkFor": .duration(configuration.drain)])
      let pause = Task { [time = configuration.drain] in try await Task.sleep(for: time) }
      ending.pause = pause
      _ = await pause.result
    }
    status.phase = .stopping
    await server.stop(grace: configuration.shutdownGrace)
    await rounds?.stop()
    await work?.stop()
    await records?.stop()
    await identity?.stop()
    rounds = nil
    work = nil
    records = nil
    identity = nil
    log.info("stopped")
  }
}
