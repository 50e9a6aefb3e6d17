/// The versions of A2A that are spoken here. Patches do not count.
package enum ProtocolVersion: String, Sendable, CaseIterable {
  case v1 = "1.0"
  case v0_3 = "0.3"
}
