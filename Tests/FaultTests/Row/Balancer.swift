import Foundation
import TestSupport
import Testing

/// HAProxy with deploy/haproxy.cfg, in front of gateways of this machine.
enum Balancer {
  /// Runs while `body` does, which is given where it listens: as if that were a gateway.
  static func with<Value>(
    _ station: Station, to gateways: [Ports], _ body: (ServedProcess) async throws -> Value
  ) async throws -> Value {
    let ports = try Ports.free()
    let file = station.folder.path("haproxy.cfg")
    try Data(configuration(station, ports, gateways).utf8).write(to: URL(filePath: file))
    let program = ["/usr/sbin/haproxy", "/usr/bin/haproxy"].first(where: FileManager.default.isExecutableFile) ?? ""
    try #require(!program.isEmpty, "There is no haproxy; `scripts/setup deploy` installs it.")
    return try await RunningProgram.with(program: program, ["-db", "-f", file], folder: station.folder.path) {
      try await body(ServedProcess(program: $0, ports: ports))
    }
  }

  private static let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../deploy/haproxy.cfg").standardizedFileURL

  private static func configuration(_ station: Station, _ ports: Ports, _ gateways: [Ports]) throws -> String {
    var text = try String(contentsOf: file, encoding: .utf8)
    func change(_ old: String, _ new: String) throws {
      try #require(text.contains(old), "deploy/haproxy.cfg has no \(old) any more.")
      text = text.replacing(old, with: new)
    }
    try change("    log /dev/log local0\n    user haproxy\n    group haproxy\n", "")
    try change("    log global\n    option tcplog\n", "")
    try change("/run/haproxy/admin.sock mode 660", "\(station.folder.path("haproxy.sock")) mode 600")
    try change("maxconn 40000", "maxconn 4000")
    try change("bind :443 ", "bind 127.0.0.1:\(ports.people) ")
    try change("bind :8444 ", "bind 127.0.0.1:\(ports.agents) ")
    try change("box.example.org", "localhost")
    try change("/etc/haproxy/signalbox-ca.pem", station.authority)
    for (port, others) in [(8443, \Ports.people), (8444, \Ports.agents)] {
      try change("    #server gateway2 10.0.0.12:\(port)\n", "")
      let servers = gateways.enumerated().map { number, gateway in
        "    server gateway\(number + 1) 127.0.0.1:\(gateway[keyPath: others]) port \(gateway.people)\n"
      }
      try change("    server gateway1 10.0.0.11:\(port)\n", servers.joined())
    }
    return text
  }
}
