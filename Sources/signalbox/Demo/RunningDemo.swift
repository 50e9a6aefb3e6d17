import Foundation
import JSON

/// What a running demo has written down for programs that want to reach it.
struct RunningDemo: Sendable, Equatable {
  let url: String
  let adminURL: String
  /// The authority of the gateway's certificate.
  let authority: String
  /// The operator's.
  let certificate: String
  let key: String

  /// - Parameter otherwise: how to name a gateway instead, for whoever has no demo: "--admin, --cert, --key and --ca".
  init(ready: String, otherwise: String) throws(CommandFailure) {
    guard FileManager.default.fileExists(atPath: ready) else {
      let folder = URL(fileURLWithPath: ready).deletingLastPathComponent().path
      throw .failure(
        "No demo runs in \(folder): \(ready) is not there. Start one with signalbox demo, name its folder with "
          + "--dir, or name a gateway with \(otherwise).")
    }
    let json = try? JSONValue(parsing: LocalFile.read(ready))
    guard let url = json?["url"]?.string, let adminURL = json?["adminUrl"]?.string,
      let authority = json?["ca"]?.string, let certificate = json?["operator"]?["cert"]?.string,
      let key = json?["operator"]?["key"]?.string
    else {
      throw .failure("\(ready) cannot be understood; this program and that demo do not match.")
    }
    self.url = url
    self.adminURL = adminURL
    self.authority = authority
    self.certificate = certificate
    self.key = key
  }
}
