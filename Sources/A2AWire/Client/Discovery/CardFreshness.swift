import HTTP

/// How long a card may be used before it is asked for again, as its answer says (RFC 9111).
enum CardFreshness {
  /// Of an answer that says nothing.
  static let usual: Duration = .seconds(300)
  /// However long the answer says: agents move.
  static let longest: Duration = .seconds(86_400)

  static func lifetime(_ fields: HTTPFields) -> Duration {
    let directives = fields.tokens(of: "cache-control").map {
      $0.filter { $0 != " " && $0 != "\t" && $0 != "\"" }
    }
    if directives.contains("no-store") || directives.contains("no-cache") { return .zero }
    guard let text = directives.first(where: { $0.hasPrefix("max-age=") })?.dropFirst("max-age=".count) else {
      return usual
    }
    // A number that cannot be read is no permission (section 4.2.1).
    guard let seconds = Int(text), seconds > 0 else { return .zero }
    let age = fields["age"].flatMap { Int($0) } ?? 0
    return min(max(.seconds(seconds) - .seconds(max(0, age)), .zero), longest)
  }
}
