/// Writes field lines. Names and values were checked when they became fields.
enum FieldEncoder {
  static func fields(_ fields: HTTPFields, into output: inout [UInt8]) {
    for (name, value) in fields { field(name, value, into: &output) }
  }

  static func field(_ name: String, _ value: String, into output: inout [UInt8]) {
    output.append(contentsOf: name.utf8)
    output.append(ASCII.colon)
    output.append(ASCII.space)
    Latin1.encode(value, into: &output)
    output.append(ASCII.carriageReturn)
    output.append(ASCII.lineFeed)
  }
}
