/// A field value with parameters behind it: `form-data; name="alert"`, `multipart/form-data; boundary=x`.
struct ParameterizedValue: Equatable {
  /// In lower case.
  let value: String
  /// Names in lower case, each once.
  let parameters: [String: String]

  /// Nil for anything that is not exactly that: what two readers could take for two things is nothing here.
  init?(_ text: String) {
    var reader = Reader(rest: Latin1.bytes(of: text)[...])
    reader.skipBlanks()
    let value = reader.take { $0.isToken || $0 == ASCII.slash }
    guard !value.isEmpty else { return nil }
    var parameters: [String: String] = [:]
    while true {
      reader.skipBlanks()
      guard let semicolon = reader.next() else { break }
      guard semicolon == ASCII.semicolon else { return nil }
      reader.skipBlanks()
      let name = String(decoding: reader.take(while: \.isToken), as: UTF8.self).lowercased()
      guard !name.isEmpty, reader.next() == ASCII.equals, let bytes = reader.parameterValue() else { return nil }
      // Browsers write UTF-8 here, whatever the rules of fields say. What is none was written in Latin-1.
      let text = String(validating: bytes, as: UTF8.self) ?? Latin1.decode(bytes[...], isASCII: false)
      guard parameters.updateValue(text, forKey: name) == nil else { return nil }
    }
    self.value = String(decoding: value, as: UTF8.self).lowercased()
    self.parameters = parameters
  }

  private struct Reader {
    var rest: ArraySlice<UInt8>

    mutating func next() -> UInt8? { rest.popFirst() }

    mutating func skipBlanks() { rest = rest.drop(while: \.isBlank) }

    mutating func take(while isWanted: (UInt8) -> Bool) -> ArraySlice<UInt8> {
      let taken = rest.prefix(while: isWanted)
      rest = rest.dropFirst(taken.count)
      return taken
    }

    /// A token, or anything in quotes. There a backslash quotes a quote or another backslash, and is itself before all else: some write a
    /// file's whole path, and mean no escapes.
    mutating func parameterValue() -> [UInt8]? {
      guard rest.first == ASCII.quote else {
        let token = take(while: \.isToken)
        return token.isEmpty ? nil : Array(token)
      }
      rest.removeFirst()
      var value: [UInt8] = []
      while let byte = next() {
        if byte == ASCII.quote { return value }
        if byte == ASCII.backslash, let quoted = rest.first, quoted == ASCII.quote || quoted == ASCII.backslash {
          value.append(quoted)
          rest.removeFirst()
        } else {
          value.append(byte)
        }
      }
      return nil
    }
  }
}
