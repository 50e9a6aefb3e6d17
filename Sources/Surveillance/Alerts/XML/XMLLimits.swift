/// How much XML is accepted before it is refused. An accepted file costs a small multiple of its own bytes.
package struct XMLLimits: Sendable, Equatable {
  package var bytes = 1 << 20
  /// How many elements may be open at once. The tree is walked recursively.
  package var depth = 32
  /// Elements, attributes, comments, instructions, and runs of text that are more than spaces.
  package var nodes = 20_000

  package static let alert = XMLLimits()
}
