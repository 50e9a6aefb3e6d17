import HTTP

extension APITable {
  private static let cookie = ["set-cookie"]

  static let sessions = [
    APIOperation(
      .post, "/api/session", .signIn, "signIn", "Opens a browser session with a sign-in link or a bearer token.",
      body: APIBody(
        "application/json", schema: .object([.optional("link", .string(), "The token of a sign-in link.")]),
        isRequired: false),
      .json("The session, with its cookie.", .named("Session"), fields: cookie),
      refusals: [
        400: ["bad-body", "no-credential", "doubled-credential"], 401: ["sign-in-failed", "bad-token"],
        413: ["content-too-large"], 415: ["unsupported-media-type"],
        503: ["keys-unavailable", "sessions-away"],
      ]),
    APIOperation(
      .get, "/api/session", .known, "whoAmI", "Who one is here.", .json("The principal.", .named("Session"))),
    APIOperation(
      .delete, "/api/session", .known, "signOut", "Ends the session, and the streams that it holds open.",
      APIAnswer(204, "It is over.", fields: cookie), refusals: [400: ["no-session"]]),
    APIOperation(
      .post, "/api/session/refresh", .known, "refreshSession",
      "A new cookie; with a token of the same principal, a later end.",
      body: APIBody("application/json", schema: .object([]), isRequired: false),
      .json("The session.", .named("Session"), fields: cookie),
      refusals: [
        400: ["bad-body", "no-session"], 413: ["content-too-large"], 415: ["unsupported-media-type"],
      ]),
    APIOperation(
      .get, "/api/session/stream", .known, "watchSession", "What becomes of one's right, as server-sent events.",
      .events("`grant` first, then `expiring`, `refreshed`, `crowded`, and `bye` at the end.")),
    APIOperation(
      .get, "/api/session/ways", .open, "waysToSignIn", "How people may sign in besides by a link.",
      .json(
        "The ways.",
        .object([.optional("openId", .string(), "Where signing in with OpenID Connect begins.")]))),
    APIOperation(
      .get, "/api/sessions", .known, "listSessions", "Where one is signed in; administrators see everybody.",
      parameters: [whose],
      .json(
        "The sessions, those that were used last first.",
        .object([
          APIMember(
            "sessions",
            .array(
              of: .object([
                APIMember("id", .string()), APIMember("principal", .string()),
                APIMember("by", .string(), "How it was opened."), APIMember("opened", .time),
                APIMember("used", .time), APIMember("expires", .time),
                APIMember("current", .bool, "It is the one that asks."),
              ]))),
          APIMember("total", .integer),
        ])),
      refusals: [400: ["bad-query"], 403: ["forbidden"]]),
    APIOperation(
      .delete, "/api/sessions", .known, "endSessions", "Ends all sessions of one principal.", parameters: [whose],
      .json("How many.", .object([APIMember("ended", .integer)]), fields: cookie),
      refusals: [400: ["bad-query"], 403: ["forbidden"]]),
    APIOperation(
      .delete, "/api/sessions/{id}", .known, "endSession", "Ends one session.",
      parameters: [APIParameter(.path, "id", "The session.")],
      APIAnswer(204, "It is over.", fields: cookie), refusals: [404: ["not-found"]]),
    APIOperation(
      .post, "/api/grants/{id}", .known, "refreshGrant", "Lengthens the right of an open stream by a newer token.",
      parameters: [APIParameter(.path, "id", "As the stream's `grant` event says it.")],
      body: APIBody("application/json", schema: .object([]), isRequired: false),
      .json("The new end.", .object([APIMember("expires", .time)])),
      refusals: [
        400: ["token-required", "bad-body"], 403: ["token-shows-less"], 404: ["not-found"],
        409: ["not-refreshed-here"], 413: ["content-too-large"], 415: ["unsupported-media-type"],
      ]),
  ]

  private static let whose = APIParameter(
    .query, "principal", "Whose; another than oneself for administrators only.")

  /// Where an issuer is configured.
  static let openID = [
    APIOperation(
      .get, "/api/session/openid", .signIn, "beginOpenID", "Sends a browser to the issuer. Where one is configured.",
      parameters: [APIParameter(.query, "return", "The page to come back to.")],
      APIAnswer(303, "To the issuer.", fields: cookie + ["location"]),
      refusals: [502: ["bad-issuer"], 503: ["issuer-unavailable", "sessions-away"]]),
    APIOperation(
      .get, "/api/session/openid/callback", .signIn, "finishOpenID", "Where the issuer sends the browser back to.",
      parameters: [
        APIParameter(.query, "code", "Of the issuer."), APIParameter(.query, "state", "Of the begun sign-in."),
        APIParameter(.query, "iss", "The issuer."), APIParameter(.query, "error", "Of the issuer, instead of a code."),
      ],
      APIAnswer(200, "A page; the browser is signed in.", type: "text/html", fields: cookie),
      refusals: [
        400: ["bad-sign-in"], 401: ["sign-in-failed"], 403: ["sign-in-denied"], 502: ["bad-issuer"],
        503: ["issuer-unavailable", "sessions-away"],
      ]),
  ]
}
