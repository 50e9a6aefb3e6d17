/// How an operator reaches the admin listener of a gateway: where it is, and what both sides show.
struct AdminAccess: Sendable, Equatable {
  let url: String
  let certificate: String
  let key: String
  /// The authority of the gateway's certificate.
  let authority: String

  init(url: String, certificate: String, key: String, authority: String) {
    self.url = url
    self.certificate = certificate
    self.key = key
    self.authority = authority
  }

  /// Reads what a running demo has written.
  init(demo folder: DemoFolder) throws(CommandFailure) {
    let demo = try RunningDemo(ready: folder.ready, otherwise: "--admin, --cert, --key and --ca")
    self.init(url: demo.adminURL, certificate: demo.certificate, key: demo.key, authority: demo.authority)
  }
}
