import Foundation
import JSON

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
    guard FileManager.default.fileExists(atPath: folder.ready) else {
      throw .failure(
        "No demo runs in \(folder.path): \(folder.ready) is not there. Start one with signalbox demo, name its folder with "
          + "--dir, or name a gateway with --admin, --cert, --key and --ca.")
    }
    let json = try? JSONValue(parsing: LocalFile.read(folder.ready))
    guard let url = json?["adminUrl"]?.string, let authority = json?["ca"]?.string,
      let certificate = json?["operator"]?["cert"]?.string, let key = json?["operator"]?["key"]?.string
    else {
      throw .failure("\(folder.ready) cannot be understood; this program and that demo do not match.")
    }
    self.init(url: url, certificate: certificate, key: key, authority: authority)
  }
}
