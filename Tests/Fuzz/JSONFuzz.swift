import JSON

/// libFuzzer's entry: any bytes must be refused with a place inside them, or accepted and then survive being read,
/// written and read again with the same meaning. What breaks that traps.
@c(LLVMFuzzerTestOneInput)
func fuzzJSON(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  let value: JSONValue
  do throws(JSONError) {
    value = try JSONValue(parsing: bytes)
  } catch {
    precondition((0...count).contains(error.offset), "The error lies outside the text: \(error)")
    precondition(error.position(in: bytes).line >= 1 && !error.description.isEmpty)
    return 0
  }
  for style in [JSONWriter.Style.compact, .pretty] {
    var rebuilt = JSONWriter(style: style)
    rebuild(value, into: &rebuilt)
    requireSame(rebuilt, value)
    var copied = JSONWriter(style: style)
    copied.value(value)
    requireSame(copied, value)
  }
  return 0
}

private func requireSame(_ writer: JSONWriter, _ value: JSONValue) {
  do throws(JSONError) {
    let again = try JSONValue(parsing: writer.bytes)
    precondition(again == value && value == again, "The copy means something else.")
  } catch {
    preconditionFailure("What the writer wrote is refused: \(error)")
  }
}

/// Writes a value from what its accessors say, so that each of them is asked and each answer counts.
private func rebuild(_ value: JSONValue, into writer: inout JSONWriter) {
  switch value.kind {
  case .null: writer.null()
  case .bool: writer.bool(value.bool == true)
  case .number: rebuildNumber(value, into: &writer)
  case .string:
    let string = value.string ?? ""
    precondition(value.equalsString(string), "A string is not equal to itself.")
    writer.string(string)
  case .array:
    precondition(value.elements.reduce(0) { count, _ in count + 1 } == value.count, "An array lost elements.")
    precondition(value[value.count] == nil)
    writer.array { for element in value.elements { rebuild(element, into: &$0) } }
  case .object:
    precondition(value.members.reduce(0) { count, _ in count + 1 } == value.count, "An object lost members.")
    writer.object {
      for (key, member) in value.members {
        precondition(value[key]?.offset == member.offset, "A member is not found by its key.")
        $0.key(key)
        rebuild(member, into: &$0)
      }
    }
  }
}

/// Checks the readings of a number against each other and against Swift's, and writes its text.
private func rebuildNumber(_ value: JSONValue, into writer: inout JSONWriter) {
  let text = value.numberText ?? ""
  if let nearest = value.double {
    precondition(Double(text)?.bitPattern == nearest.bitPattern, "\(text) has another nearest Double.")
  }
  if let int = value.int {
    precondition(Int64(text) ?? int == int, "\(text) is another Int64.")
    precondition(value.double == Double(int), "\(text) is one number as an integer and another as a Double.")
    precondition(int < 0 || value.uint == UInt64(int), "\(text) is another UInt64.")
  } else {
    precondition(Int64(text) == nil, "\(text) is an Int64.")
  }
  precondition((value.uint == nil) == (UInt64(text) == nil) || text.contains { "-.eE".contains($0) })
  writer.raw(value)
}
