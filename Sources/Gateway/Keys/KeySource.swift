import Identity

/// The keys of one issuer, wherever they come from: always the last good ones, fetched again when they are old or when a token names a
/// key that is not among them (not more often than once in a while). Any thread.
protocol KeySource: Sendable {
  /// Judges a token, with newer keys if need be. `.keysUnavailable` says nothing about the token: there are no keys to judge it by.
  func verify(_ token: String, now: UnixTime) async throws(TokenFault) -> VerifiedToken

  /// Reads its files again. Throws, with nothing changed, when one of them is no good. Keys from elsewhere are fetched anew; when that
  /// fails, the last good ones stay, and the log says so.
  func reload() async throws

  /// Gives up what is under way.
  func close() async
}
