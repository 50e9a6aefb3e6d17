package import A2A
import HTTP
import Synchronization
import Telemetry
package import Wire

/// Tells receivers about their tasks: in order for each configuration, at least once, for as long as it makes sense.
///
/// May be used from anywhere; nothing waits but the deliveries themselves.
package final class PushSender: Sendable {
  private struct State {
    var lanes: [PushReceiver: PushLane] = [:]
    var lastID: UInt64 = 0
    var isFinished = false
    /// Who waits for all lanes to be empty.
    var watchers: [CheckedContinuation<Void, Never>] = []
  }

  private let courier: PushCourier
  private let state = Mutex(State())

  /// Calls from `loop`, and shows and demands what `tls` says.
  package init(
    loop: Loop, tls: ClientTLS, options: PushOptions = PushOptions(), surroundings: PushSurroundings = .real,
    telemetry: PushTelemetry
  ) throws(WireError) {
    courier = try PushCourier(
      loop: loop, tls: tls, options: options, surroundings: surroundings, telemetry: telemetry)
  }

  private var telemetry: PushTelemetry { courier.telemetry }

  /// Throws `invalidParams` for a configuration that could never be delivered to. For the one who registers it.
  package func check(_ config: PushConfig) throws(A2AError) {
    try courier.check(config)
  }

  /// Has an event delivered after those that were handed in before it for the same configuration.
  /// - Parameters:
  ///   - task: as it is after the event; 0.3 is told nothing else.
  ///   - version: in which the configuration was registered.
  package func send(_ event: TaskEvent, of task: AgentTask, to config: PushConfig, version: ProtocolVersion = .v1) {
    let notification: PushNotification
    do throws(A2AError) {
      let body = version == .v1 ? event.pushBody() : task.encodedAs0_3()
      notification = try courier.notification(body, for: config, version)
    } catch {
      return telemetry.log.warning(
        "push configuration cannot be used", ["task": .string(task.id), "why": .string(error.message)])
    }
    add(notification, for: PushReceiver(task: task.id, config: config.id ?? ""))
  }

  /// Nobody is to be told any more: the configuration was deleted.
  package func forget(taskID: String, configID: String) {
    let lane = state.withLock { state in
      let lane = state.lanes.removeValue(forKey: PushReceiver(task: taskID, config: configID))
      Self.tellWatchers(&state)
      return lane
    }
    lane?.worker?.cancel()
  }

  /// New connections show and demand this from now on.
  package func reload(_ tls: ClientTLS) async throws(WireError) {
    try await courier.reload(tls)
  }

  /// Takes no more events, lets deliveries go on for a while, and gives up the rest. Returns when all is over.
  package func finish(within grace: Duration) async {
    state.withLock { $0.isFinished = true }
    await withTaskGroup { group in
      group.addTask { await self.untilEmpty() }
      group.addTask { try? await self.courier.surroundings.sleep(grace) }
      await group.next()
      let rest = self.state.withLock { state in
        let rest = Array(state.lanes.values)
        state.lanes = [:]
        Self.tellWatchers(&state)
        return rest
      }
      for lane in rest { lane.worker?.cancel() }
      let lost = rest.reduce(0) { $0 + $1.waiting.count }
      if lost > 0 {
        self.telemetry.dropped.add(UInt64(lost))
        self.telemetry.log.warning("push notifications left undelivered at the end", ["count": .int(lost)])
      }
      group.cancelAll()
    }
    await courier.close()
  }

  // MARK: Lanes

  private func add(_ notification: PushNotification, for receiver: PushReceiver) {
    let dropped: Int? = state.withLock { state in
      guard !state.isFinished else { return nil }
      if var lane = state.lanes.removeValue(forKey: receiver) {
        let dropped = lane.add(notification, courier.options)
        state.lanes[receiver] = lane
        return dropped
      }
      state.lastID += 1
      var lane = PushLane(id: state.lastID, first: notification)
      let id = lane.id
      lane.worker = Task { await self.work(for: receiver, id) }
      state.lanes[receiver] = lane
      return 0
    }
    guard dropped != 0 else { return }
    telemetry.dropped.add(UInt64(dropped ?? 1))
    telemetry.log.warning(
      dropped == nil ? "push notification came after the end" : "push notifications dropped, too many are waiting",
      ["task": .string(receiver.task), "config": .string(receiver.config), "count": .int(dropped ?? 1)])
  }

  private func work(for receiver: PushReceiver, _ id: UInt64) async {
    while let notification = first(for: receiver, id) {
      _ = await courier.deliver(notification, to: receiver)
      guard hasMore(for: receiver, id) else { return }
    }
  }

  private func first(for receiver: PushReceiver, _ id: UInt64) -> PushNotification? {
    state.withLock { state in
      guard let lane = state.lanes[receiver], lane.id == id else { return nil }
      return lane.waiting.first
    }
  }

  /// Takes off what was delivered or given up. With the last one the lane goes.
  private func hasMore(for receiver: PushReceiver, _ id: UInt64) -> Bool {
    state.withLock { state in
      guard var lane = state.lanes.removeValue(forKey: receiver) else { return false }
      guard lane.id != id || lane.removeFirst() else {
        Self.tellWatchers(&state)
        return false
      }
      state.lanes[receiver] = lane
      return lane.id == id
    }
  }

  private func untilEmpty() async {
    await withCheckedContinuation { continuation in
      let isEmpty = state.withLock { state in
        if !state.lanes.isEmpty { state.watchers.append(continuation) }
        return state.lanes.isEmpty
      }
      if isEmpty { continuation.resume() }
    }
  }

  private static func tellWatchers(_ state: inout State) {
    guard state.lanes.isEmpty else { return }
    for watcher in state.watchers { watcher.resume() }
    state.watchers = []
  }
}
