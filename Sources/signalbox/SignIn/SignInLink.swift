import HTTP
import Identity
import JSON

/// A link by which one person signs in, once.
struct SignInLink: Sendable, Equatable {
  let principal: String
  let url: String
  let expires: UnixTime

  init(principal: String, url: String, expires: UnixTime) {
    self.principal = principal
    self.url = url
    self.expires = expires
  }

  /// Reads the gateway's answer; nil when that is none. What is printed and opened in a browser is an https address and nothing else.
  init?(answer bytes: [UInt8]) {
    guard let json = try? JSONValue(parsing: bytes), let principal = json["principal"]?.string,
      let url = json["url"]?.string, let expires = json["expires"]?.string.flatMap(UnixTime.init(_:))
    else { return nil }
    let parts = url.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, (try? ServiceURL(parsing: String(parts[0])))?.scheme == .https,
      url.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
    else { return nil }
    self.init(principal: principal, url: url, expires: expires)
  }

  var content: [UInt8] {
    var writer = JSONWriter(style: .pretty)
    writer.object { object in
      object.member("principal", principal)
      object.member("url", url)
      object.member("expires", expires.description)
    }
    return writer.bytes
  }

  /// For how long it is good, as people say it: "10 minutes".
  func life(from now: UnixTime) -> String {
    let minutes = max(1, (expires.seconds - now.seconds + 30) / 60)
    return minutes == 1 ? "1 minute" : "\(minutes) minutes"
  }
}
