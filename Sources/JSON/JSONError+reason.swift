extension JSONError {
  /// The kinds of refusal. An open set: callers compare with the members they know.
  package struct Reason: Sendable, Hashable, CustomStringConvertible {
    /// The reason as a clause that fits behind a colon.
    package let description: String

    // Structure
    package static let byteOrderMark = Reason("a byte order mark is not allowed before JSON")
    package static let unexpectedEnd = Reason("the text ends before its value is complete")
    package static let expectedValue = Reason("a value was expected")
    package static let expectedKey = Reason("a key in double quotes was expected")
    package static let expectedColon = Reason("a colon was expected after the key")
    package static let expectedCommaOrBrace = Reason("a comma or a closing brace was expected")
    package static let expectedCommaOrBracket = Reason("a comma or a closing bracket was expected")
    package static let trailingContent = Reason("nothing but white space may follow the value")
    package static let duplicateKey = Reason("the object has this key already")

    // Literals, numbers and strings
    package static let invalidLiteral = Reason("only true, false and null are literals")
    package static let invalidNumber = Reason("this is not how JSON writes a number")
    package static let controlCharacter = Reason("a control character in a string must be escaped")
    package static let invalidEscape = Reason("there is no such escape")
    package static let loneSurrogate = Reason("an escaped surrogate has no partner")
    package static let invalidUTF8 = Reason("the bytes are not UTF-8")

    // Limits
    package static let tooLarge = Reason("the text is longer than the limit")
    package static let tooDeep = Reason("arrays and objects are nested deeper than the limit")
    package static let tooManyValues = Reason("there are more values than the limit")

    private init(_ description: String) {
      self.description = description
    }
  }
}
