import HTTP

/// All routes of the gateway, those that some configurations do not have included, by the listener that serves them. Pages are not
/// among them.
enum APITable {
  static let operations: [ListenerName: [APIOperation]] = [
    .public: probes + about + operationsPage + sessions + openID + agents + tasks + questions + work + analysis
      + samples + commands + streams + workflows + socket + a2a + agentArea + diagnostics,
    .agents: probes + ingest + a2a,
    .admin: probes + admin,
  ]

  private static let probes = [
    APIOperation(.get, "/healthz", .open, "health", "Whether the process answers.", .text("It does.")),
    APIOperation(
      .get, "/readyz", .open, "readiness", "Whether the gateway wants work.", .text("It does."),
      refusals: [503: ["not-ready"]]),
  ]

  private static let about = [
    APIOperation(
      .get, "/api/openapi.json", .open, "describe", "This document.",
      .json("OpenAPI 3.1.", .anything)),
    APIOperation(
      .get, "/api/about", .known, "about", "What is running.",
      .json(
        "Version, listeners and libraries.",
        .object([
          APIMember("name", .string()), APIMember("version", .string()), APIMember("started", .time),
          APIMember("uptimeSeconds", .integer),
          .optional("tls", .object([APIMember("version", .string()), APIMember("cipher", .string())])),
          APIMember(
            "listeners",
            .array(
              of: .object([
                APIMember("name", .string()), APIMember("url", .string()),
                APIMember("clientCertificates", .words(["none", "optional", "required"])),
              ]))),
          APIMember("agents", .array(of: .anything)), APIMember("loops", .integer),
          APIMember("build", .anything, "Versions of compiler and libraries, by name."),
        ]))),
  ]

  private static let diagnostics = [
    APIOperation(
      .post, "/diagnostics/echo", .open, "echo", "Sends the body back. With --diagnostics only.",
      body: APIBody("application/octet-stream", schema: .anything, isRequired: false),
      APIAnswer(200, "What was sent, with its type.", type: "application/octet-stream", .anything),
      refusals: [413: ["content-too-large"]]),
    APIOperation(
      .get, "/diagnostics/ws", .open, "echoWebSocket", "A WebSocket that echoes. With --diagnostics only.",
      APIAnswer(101, "The WebSocket begins."),
      refusals: [
        400: ["unknown-subprotocol", "bad-request"], 403: ["foreign-origin"],
        426: ["websocket-required", "upgrade-required"],
      ]),
  ]
}
