/// Why a file could not be read as alerts, and where.
package struct AlertError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Counted from 1. Lines end with LF, CR LF or CR.
  package let line: Int
  /// Counted from 1, in Unicode scalars.
  package let column: Int
  package let fault: XMLFault

  init(_ fault: XMLFault, at offset: Int, in bytes: [UInt8]) {
    let places = TextPlaces(bytes)
    line = places.line(of: offset)
    column = places.column(of: offset)
    self.fault = fault
  }

  package var description: String {
    "Failed to parse alert XML: line \(line), column \(column): \(fault.problem) \(fault.advice)"
  }
}
