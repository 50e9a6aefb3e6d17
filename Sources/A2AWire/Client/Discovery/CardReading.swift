package import A2A
package import Wire

/// A card that was just read, or found to be the same as before.
package struct CardReading: Sendable {
  package let card: AgentCard
  /// As the agent wrote it: what a signature is about.
  package let body: [UInt8]
  /// Where the next call goes, by this card.
  package let interface: ChosenInterface
  /// Whom the server has proven to be; nil where there is no TLS.
  package let server: PeerIdentity?
}
