/// A sentence that names the source of keys and what is wrong with it.
package struct KeySetError: Error, Sendable, Equatable, CustomStringConvertible {
  package let description: String

  package init(_ description: String) {
    self.description = description
  }
}
