package struct SessionLimits: Sendable, Equatable {
  /// Seconds without use after which a session is over.
  package var idle: Int64 = 30 * 60
  /// Seconds after which it is over in any case.
  package var absolute: Int64 = 12 * 3600
  /// Seconds after which the cookie is changed for another at the next use.
  package var rotation: Int64 = 15 * 60
  /// Seconds for which a cookie is good after its successor was used for the first time: requests of one browser overtake each other.
  package var overlap: Int64 = 30
  /// Sessions of one principal; one more ends the one unused for the longest.
  package var perPrincipal = 20
  /// Sessions of all; one more ends the one unused for the longest.
  package var total = 10_000

  package init() {}
}
