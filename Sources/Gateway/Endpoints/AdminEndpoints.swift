import HTTP
import Identity
import JSON
import Telemetry
import Wire

/// `/metrics` for Prometheus and `/status` for operators.
struct AdminEndpoints: Sendable {
  let status: GatewayStatus
  let metrics: MetricsRegistry

  func install(into router: inout SecuredRouter) {
    router.on(.get, "/metrics", .may(.administer)) { _, _ in
      Response(
        fields: HTTPFields([("content-type", MetricsRegistry.contentType), ("cache-control", "no-store")]),
        body: .bytes(metrics.render()))
    }
    router.on(.get, "/status", .may(.administer)) { _, _ in
      var writer = JSONWriter()
      writer.object { object in
        object.member("version", status.version)
        object.member("ready", status.isReady)
        object.member("started", status.startedText)
        object.member("uptimeSeconds", Int(status.uptime.components.seconds))
        object.member("loops", status.loops)
      }
      return .json(writer.bytes)
    }
  }
}
