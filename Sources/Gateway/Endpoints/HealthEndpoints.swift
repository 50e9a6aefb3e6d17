import HTTP
import Wire

/// Probes: `/healthz` says that the process answers, `/readyz` that it wants work.
struct HealthEndpoints: Sendable {
  let status: GatewayStatus

  func install(into router: inout SecuredRouter) {
    router.on(.get, "/healthz", .open) { _, _ in .text("ok\n") }
    router.on(.get, "/readyz", .open) { _, _ in
      if status.isReady { return .text("ready\n") }
      throw Refusal(
        .serviceUnavailable, "This gateway is starting or going away. Ask another, or later.", code: "not-ready")
    }
  }
}
