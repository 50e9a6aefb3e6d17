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
      .get, DrainEndpoints.path, .may(.administer), "drainForecast", "What a drain would be like.",
      parameters: [
        rate, APIParameter(.query, "streams", .integer, "With so many open streams, instead of those that there are."),
        APIParameter(
          .query, "admit", .integer,
          "So many streams a second open those who take them in (`streams.admitPerSecond`), all together; 0 is as many as come."
        ),
      ],
      .json("How streams would be sent away, and come back elsewhere.", forecast), refusals: [400: ["bad-query"]]),
    APIOperation(
      .post, DrainEndpoints.path, .may(.administer), "drain",
      "Ends the gateway as SIGTERM does: not ready, then streams, then all.",
      parameters: [rate], body: nothing,
      .json("It has begun.", forecast, status: 202),
      refusals: [
        400: ["bad-body", "bad-query"], 413: ["content-too-large"], 415: ["unsupported-media-type"],
      ]),
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

  private static let rate = APIParameter(
    .query, "at", .integer,
    "Streams a second that are sent away; 0 is all at once. Without it, what `streams.leavePerSecond` says.")

  private static let forecast = APISchema.object([
    APIMember("phase", .words(["starting", "ready", "draining", "stopping"])),
    APIMember("streams", .integer, "Open ones."), APIMember("perSecond", .integer, "So many are sent away."),
    APIMember("drainSeconds", .integer, "So long everything is taken still."),
    APIMember("leaveWithinSeconds", .integer, "So long streams are sent away; then the others are told when to come."),
    APIMember("shutdownGraceSeconds", .integer, "So long answers under way may take after that."),
    APIMember("toldAfterMilliseconds", .integer, "From the end of drainSeconds until all have heard it."),
    APIMember("backAfterMilliseconds", .integer, "Until the last one is to come back."),
    APIMember("admitPerSecond", .integer, "So many are taken in; 0 is as many as come."),
    APIMember("admittedAfterMilliseconds", .integer, "Until the last one has a stream again."),
    APIMember(
      "curve",
      .array(
        of: .object([
          APIMember("milliseconds", .integer), APIMember("told", .integer, "Sent away by then."),
          APIMember("back", .integer, "Come back by then."),
          APIMember("admitted", .integer, "Have a stream again by then."),
        ]))),
  ])

  private static let nothing = APIBody("application/json", schema: .object([]), isRequired: false)
}
