import HTTP

/// Which hosts may be asked for where no certificate says who answers.
///
/// A browser lets a page of any site call that site's own name, and whoever owns the name may point it at 127.0.0.1. With TLS the
/// certificate would not fit; without, the name in the request is all that tells such a call from an honest one.
enum HostRule {
  /// The refusal of a request that came without TLS, or nil. (HTTP/1.0 may come without a host; browsers do not speak it.)
  static func refusal(of head: RequestHead) -> Refusal? {
    guard !head.authority.isEmpty, !LoopbackHost.isNamed(in: head.authority) else { return nil }
    return Refusal(
      .misdirectedRequest,
      "Without TLS this server answers to localhost and loopback addresses only. Ask for one of these.")
  }
}
