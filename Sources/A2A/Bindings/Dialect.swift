/// One way in which the protocol is put on HTTP.
package struct Dialect: Sendable, Hashable {
  package enum Binding: Sendable, Hashable, CaseIterable {
    case jsonRPC
    case httpJSON
  }

  package var binding: Binding
  package var version: ProtocolVersion

  package init(_ binding: Binding, _ version: ProtocolVersion) {
    self.binding = binding
    self.version = version
  }
}
