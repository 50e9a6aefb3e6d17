/// How much JSON is accepted before it is refused.
///
/// The limits bound memory as well as time: an accepted document costs its own bytes and at most 64 bytes of index for
/// each of its values, 16 or 32 as a rule.
package struct JSONLimits: Sendable, Equatable {
  /// The length of the whole text in bytes. Default: 16 MiB; at most 256 MiB.
  package let maxBytes: Int

  /// How many arrays and objects may be open at once: `[[1]]` has a depth of 2. Default: 64; at most 512, because
  /// comparing and copying values is recursive.
  package let maxDepth: Int

  /// How many values the document may hold in all, containers included, keys not. Default: 1,048,576.
  package let maxValues: Int

  /// 16 MiB, 64 levels, 1,048,576 values.
  package static let `default` = JSONLimits()

  /// Limits beyond the stated maxima, and limits below one, are a mistake of the program and trap.
  package init(maxBytes: Int = 16 << 20, maxDepth: Int = 64, maxValues: Int = 1 << 20) {
    precondition((1...Self.largestText).contains(maxBytes), "maxBytes must be 1 to 268435456, not \(maxBytes).")
    precondition((1...Self.deepestNesting).contains(maxDepth), "maxDepth must be 1 to 512, not \(maxDepth).")
    precondition(maxValues >= 1, "maxValues must be at least 1, not \(maxValues).")
    self.maxBytes = maxBytes
    self.maxDepth = maxDepth
    self.maxValues = maxValues
  }

  /// The index packs positions and counts into 28 bits.
  private static let largestText = 1 << 28
  private static let deepestNesting = 512
}
