import HTTP

/// Who is answered where no certificate says who answers and who asks.
///
/// A browser lets a page of any site call that site's own name, and whoever owns the name may point it at 127.0.0.1. With TLS the
/// certificate would not fit; without, the name in the request is all that tells such a call from an honest one. And it lets such a
/// page send a request to `localhost` itself, whose answer it may not read but which may do something; the page's origin comes along.
enum HostRule {
  /// The refusal of a request that came without TLS, or nil. (HTTP/1.0 may come without a host; browsers do not speak it.)
  static func refusal(of head: RequestHead) -> Refusal? {
    guard head.authority.isEmpty || LoopbackHost.isNamed(in: head.authority) else {
      return Refusal(
        .misdirectedRequest,
        "Without TLS this server answers to localhost and loopback addresses only. Ask for one of these.")
    }
    guard head.fields.values(of: "origin").allSatisfy({ isOfThisMachine(origin: $0) }) else {
      return Refusal(
        .forbidden, "Without TLS this server answers to no page of another machine. Call it from one of this machine.",
        code: "foreign-origin")
    }
    return nil
  }

  /// A page without an origin of its own sends `null`, and is nobody's.
  private static func isOfThisMachine(origin: String) -> Bool {
    let schemes = ["http://", "https://"]
    guard let scheme = schemes.first(where: { origin.lowercased().hasPrefix($0) }) else { return false }
    return LoopbackHost.isNamed(in: String(origin.dropFirst(scheme.count)))
  }
}
