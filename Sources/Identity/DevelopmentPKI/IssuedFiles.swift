/// A certificate that was just issued, and where it lies.
package struct IssuedFiles: Hashable, Sendable {
  package let certificate: String
  /// Mode 0600.
  package let key: String
  package let entry: IndexEntry
}
