import HTTP
import Identity

/// The page of operations.
extension APITable {
  static let operationsPage = [
    APIOperation(
      .get, OperationsEndpoints.path, .may(.observe), "operations", "How the gateway does, for people.",
      details: "The numbers of `/metrics` that a page shows, and the last ten minutes of some of them.",
      .json("How it does at this moment.", .named("Operations")), refusals: [400: ["bad-query"]]),
    APIOperation(
      .post, "\(OperationsEndpoints.path):drain", .may(.administer), "drainFromPage",
      "Ends the gateway as SIGTERM does: not ready, then streams, then all.",
      details: "Nothing undoes it. The same again is answered in the same way.",
      body: APIBody(
        "application/json",
        schema: .object([
          .optional("id", .string(), "The asker's word for it, for the audit trail; `Idempotency-Key` says the same."),
          .optional("why", .string(), "At most 500 characters."),
        ]), isRequired: false),
      .json("It has begun.", .named("Operations"), status: 202),
      refusals: [
        400: ["bad-body", "bad-command"], 413: ["content-too-large"], 415: ["unsupported-media-type"],
      ]),
  ]
}
