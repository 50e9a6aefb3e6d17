import Foundation
import Gateway
import JSON
import Wire

/// What a supervisor reads to learn that the gateway listens, and where.
struct ReadyFile: Sendable {
  /// Nil when nobody asked for one.
  let path: String?

  func publish(_ addresses: Gateway.Addresses) throws(CommandFailure) {
    guard let path else { return }
    try LocalFile.write(Self.content(addresses, processID: ProcessInfo.processInfo.processIdentifier), to: path)
  }

  func withdraw() {
    if let path { LocalFile.remove(path) }
  }

  static func content(_ addresses: Gateway.Addresses, processID: Int32) -> [UInt8] {
    var writer = JSONWriter(style: .pretty)
    writer.object { object in
      object.member("pid", Int(processID))
      for (role, address) in list(addresses) {
        guard let address else {
          object.member(role.rawValue, nil)
          continue
        }
        object.object(role.rawValue) { item in
          item.member("address", address.host)
          item.member("port", address.port)
        }
      }
    }
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  /// For people: one listener a line.
  static func lines(_ addresses: Gateway.Addresses) -> String {
    list(addresses).compactMap { role, address in address.map { "\(role.rawValue) https://\($0)" } }
      .joined(separator: "\n")
  }

  private static func list(_ addresses: Gateway.Addresses) -> [(ListenerRole, SocketAddress?)] {
    [(.public, addresses.publicAddress), (.agents, addresses.agentAddress), (.admin, addresses.adminAddress)]
  }
}
