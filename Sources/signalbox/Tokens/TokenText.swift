import Identity
import JSON

/// What a token says, for people.
enum TokenText {
  static func description(of token: UnverifiedToken, now: UnixTime) -> String {
    let times = [("issued", "iat"), ("good from", "nbf"), ("good until", "exp")].compactMap { term, claim in
      token.payload[claim]?.int.flatMap { time($0, now: now) }.map { (term, $0) }
    }
    return """
      NOT CHECKED: this is what the token says. Anybody can write such a token, and its signature was not looked at.
      Header: \(pretty(token.header))
      Claims: \(pretty(token.payload))
      """ + (times.isEmpty ? "" : "\n" + TextLayout.columns(times, width: .max))
  }

  /// Nil for what is no time that a date can be written of.
  private static func time(_ seconds: Int64, now: UnixTime) -> String? {
    guard (0...253_402_300_799).contains(seconds) else { return nil }
    let time = UnixTime(seconds: seconds)
    return "\(time), " + (time > now ? "which is to come" : "which is over")
  }

  /// Escapes can stand inside of JSON's texts, where alone what does not show can be.
  private static func pretty(_ value: JSONValue) -> String {
    var writer = JSONWriter(style: .pretty)
    writer.value(value)
    return TerminalText.escaped(String(decoding: writer.bytes, as: UTF8.self), keepingLines: true)
  }
}
