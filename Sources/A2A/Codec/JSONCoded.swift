import JSON

/// An object of the protocol: its members are read from a reader and written into an object that is open already.
protocol JSONCoded {
  init(_ reader: ObjectReader) throws(FieldFault)
  func write(to object: inout JSONWriter, as notation: Notation)
}

extension JSONCoded {
  init(reading value: JSONValue, as notation: Notation) throws(FieldFault) {
    self = try Self(ObjectReader(value, as: notation))
  }

  func encoded(as notation: Notation) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { write(to: &$0, as: notation) }
    return writer.bytes
  }
}
