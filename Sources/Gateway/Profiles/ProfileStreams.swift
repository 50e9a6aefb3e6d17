import HTTP
import Identity
import Journal
import Telemetry
import Wire

/// Event streams of one task in a profile. They are read from the task's first record on, because vocabularies say later what they have
/// heard before; what the client has shown is read in silence.
struct ProfileStreams: Sendable {
  let hub: Hub
  let grants: StreamGrants
  let configuration: StreamConfiguration
  let clock: GatewayClock

  /// - Parameters:
  ///   - task: as it was read after the asker was found to be one who may watch it.
  ///   - profile: any but `native`, which has streams of its own.
  func answer(
    _ request: Request, _ asker: Asker, task: StoredTask, as profile: Profile, from start: StreamStart
  ) async throws -> Response {
    do {
      return try await open(request, asker, task, profile, start)
    } catch let error as JournalError {
      throw Refusal(error)
    }
  }

  private func open(
    _ request: Request, _ asker: Asker, _ task: StoredTask, _ profile: Profile, _ start: StreamStart
  ) async throws -> Response {
    var opening = StreamOpening(
      start, of: [task], epoch: hub.journal.epoch, bounds: try await hub.bounds(from: start, ofAll: false))
    if case .continued(let offset) = opening, try await hasAll(task, at: offset) { opening = .finished }
    hub.metrics.count(opening)
    if opening == .finished { return Response(.noContent, fields: HTTPFields([("cache-control", "no-store")])) }
    if let later = grants.comeBack(asker, request, start, epoch: hub.journal.epoch) { return later }
    var options = EventStreamOptions()
    options.heartbeat = configuration.heartbeat
    options.backlog = configuration.backlog
    let facts = TaskFacts(task.opening)
    let session = ProfileSession(
      hub: hub, task: task, profile: profile, opening: opening, heartbeat: configuration.heartbeat, clock: clock)
    return try grants.events(
      for: asker, request, options, retry: configuration.nextRetry, isQuiet: !profile.namesEvents,
      mayGoOn: { $0.decide(.watch, on: .task(facts)).isAllowed }
    ) { stream, _ in
      hub.metrics.open.add()
      let presence = hub.presence.enter(task.id, asker.principal.name, .sse)
      defer {
        presence.leave()
        hub.metrics.open.subtract()
      }
      let farewell = try await session.run(to: stream)
      await stream.end(reason: profile.namesEvents || farewell != .finished ? farewell.rawValue : nil)
      hub.metrics.count(await stream.untilEnded())
    }
  }

  /// Whether somebody who holds that place has heard the end of the task. Behind the end there may be records, and none of them is told: a
  /// browser that came back for them would come back for ever.
  private func hasAll(_ task: StoredTask, at offset: Int64) async throws -> Bool {
    guard task.isFinal, offset >= task.firstOffset else { return false }
    var position = offset
    while position < task.lastOffset {
      let page = try await hub.journal.records(.tasks([task.id]), after: position, limit: ProfileSession.page)
      if page.records.contains(where: { $0.kind == .event }) { return false }
      guard !page.isComplete else { break }
      position = page.through
    }
    return true
  }
}
