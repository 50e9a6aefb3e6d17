/// A value that belongs to a loop, for whoever is no actor there: it is reached on the loop's thread alone, so without a lock. Traps
/// anywhere else.
///
/// `@unchecked Sendable`: each access asserts the loop's thread first. Whoever lets go of it last does so when nobody reaches it.
package final class LoopConfined<Value>: @unchecked Sendable {
  package let loop: Loop
  private var value: Value

  package init(_ value: sending Value, on loop: Loop) {
    self.loop = loop
    self.value = value
  }

  package func withValue<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
    loop.preconditionOnLoop()
    return try body(&value)
  }
}
