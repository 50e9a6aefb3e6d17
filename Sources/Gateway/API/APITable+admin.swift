import HTTP
import Identity

extension APITable {
  static let admin = [
    APIOperation(
      .get, "/metrics", .may(.administer), "metrics", "Figures for Prometheus.", .text("In its text format.")),
    APIOperation(
      .get, "/status", .may(.administer), "status", "How the gateway is.",
      .json("Its state.", .named("Status"))),
    APIOperation(
      .post, "/drain", .may(.administer), "drain",
      "Ends the gateway as SIGTERM does: not ready, then streams, then all.",
      body: nothing,
      .json("It has begun.", .object([APIMember("phase", .words(["draining"]))]), status: 202),
      refusals: [400: ["bad-body"], 413: ["content-too-large"], 415: ["unsupported-media-type"]]),
    APIOperation(
      .post, "/reload", .may(.administer), "reload", "Reads configuration, policy and certificates again.",
      body: nothing,
      .json(
        "They are in force.",
        .object([
          APIMember("changed", .array(of: .string()), "Settings that are other than before."),
          APIMember("pending", .array(of: .string()), "Settings that take a new start."),
        ])),
      refusals: [
        400: ["bad-body"], 413: ["content-too-large"], 415: ["unsupported-media-type"], 422: ["reload-refused"],
      ]),
    APIOperation(
      .get, "/audit", .may(.administer), "audit", "The audit trail's last records, oldest first.",
      parameters: [
        APIParameter(.query, "after", .integer, "Only those behind this id: the `last` of the answer before."),
        APIParameter(.query, "limit", .integer, "How many at most, 1 to 1000. Default 100."),
      ],
      .json(
        "The records.",
        .object([
          APIMember("records", .array(of: .named("AuditRecord"))),
          .optional("last", .integer, "The `after` of the next question."),
        ])),
      refusals: [400: ["bad-query"]]),
    APIOperation(
      .post, "/sign-in-links", .may(.administer), "makeSignInLink", "A link by which one person signs in, once.",
      body: APIBody("application/json", schema: .object([APIMember("principal", .string(), "For whom.")])),
      .json(
        "The link.",
        .object([APIMember("principal", .string()), APIMember("url", .string()), APIMember("expires", .time)])),
      refusals: [
        400: ["bad-body"], 413: ["content-too-large"], 415: ["unsupported-media-type"], 422: ["nobody-here"],
      ]),
  ]

  private static let nothing = APIBody("application/json", schema: .object([]), isRequired: false)
}
