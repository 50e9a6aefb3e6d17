import A2A
import Testing

extension Dialect {
  static let all = ProtocolVersion.allCases.flatMap { version in Binding.allCases.map { Dialect($0, version) } }
}

extension Dialect: CustomTestStringConvertible {
  /// As the SDK's client is told it.
  var bindingName: String { binding == .jsonRPC ? "JSONRPC" : "HTTP+JSON" }

  package var testDescription: String { "\(bindingName) \(version.rawValue)" }
}
