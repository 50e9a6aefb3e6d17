import HTTP
import Identity
import JSON
import Journal
import Telemetry
import Wire

/// `/metrics` for Prometheus and `/status` for operators.
struct StatusEndpoints: Sendable {
  let sources: OperationsSources

  func install(into router: inout SecuredRouter) {
    router.on(.get, "/metrics", .may(.administer)) { _, _ in
      // Some readings ask the kernel, and thousands of open files take it a moment.
      let text = try await BlockingPool.shared.run { sources.metrics.render() }
      return Response(
        fields: HTTPFields([("content-type", MetricsRegistry.contentType), ("cache-control", "no-store")]),
        body: .bytes(text))
    }
    router.on(.get, "/status", .may(.administer)) { _, _ in .json(await describe()) }
  }

  private func describe() async -> [UInt8] {
    let status = sources.status
    let journal = await JournalFacts(of: sources.records)
    let work = await sources.runs.figures
    var open: [(GatewayStatus.Listener, connections: Int)] = []
    for listener in status.listeners { open.append((listener, await sources.connections(listener.name))) }
    var writer = JSONWriter()
    writer.object { object in
      object.member("version", status.version)
      object.member("phase", status.phase.rawValue)
      object.member("ready", status.isReady)
      object.member("started", status.startedText)
      object.member("uptimeSeconds", Int(status.uptime.components.seconds))
      object.member("loops", status.loops)
      object.array("listeners") { list in
        for (listener, connections) in open { listener.write(connections: connections, to: &list) }
      }
      object.object("journal") { journal.write(to: &$0) }
      object.object("streams") { object in
        object.member("open", sources.grants.openCount)
        object.object("waiting") { waiting in
          for kind in AdmissionTicket.Kind.allCases {
            waiting.member(kind.rawValue, sources.records.admission.waitingCount(kind))
          }
        }
      }
      object.object("work") { object in
        object.member("running", work.running)
        object.member("waiting", work.waiting)
        guard sources.lease.isShared else { return }
        let lease = sources.lease.held
        object.member("lease", ifPresent: lease?.fence.lease)
        object.member("leaseSecondsLeft", Int(lease?.secondsLeft ?? 0))
      }
      if let stream = sources.stream {
        object.object("ingest") { stream.facts.write(stream.configuration, to: &$0) }
      }
      object.array("agents") { list in for agent in sources.agents.all { AgentFacts.write(agent, to: &list) } }
      object.array("settingsPending") { list in for key in status.pending { list.string(key) } }
    }
    return writer.bytes
  }
}
