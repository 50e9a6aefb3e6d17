import HTTP

extension Refusal {
  /// For a grant that is not there, is over, or is somebody else's: nobody can tell which.
  static let noSuchGrant = Refusal(
    .notFound, "There is no such grant, or it is not yours. Open the stream again.")
  static let refreshNeedsToken = Refusal(
    .badRequest, "A grant is refreshed by a newer token of the same principal. Send it as Authorization: Bearer.",
    code: "token-required")
  static let tokenShowsLess = Refusal(
    .forbidden, "With this token the stream could not go on. It goes on until the end of the one that it has.",
    code: "token-shows-less")

  static func notRefreshedHere(_ credential: String) -> Refusal {
    Refusal(
      .conflict,
      credential == "session"
        ? "This stream lasts as long as its session. Extend that: POST /api/session/refresh."
        : "This stream lasts as long as its \(credential). Open it again with another.",
      code: "not-refreshed-here")
  }
}
