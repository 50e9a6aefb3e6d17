/// What is wrong with a file that should hold an alert.
package enum XMLFault: Sendable, Equatable {
  case empty
  case tooLong(limit: Int)
  case tooDeep(limit: Int)
  case tooManyNodes(limit: Int)
  /// Another than UTF-8, by its name.
  case encoding(String)
  case notUTF8
  case forbiddenCharacter(UInt32)
  case documentType
  /// `<!` with something else than a comment or CDATA.
  case unknownMarkup
  case unknownEntity(String)
  case characterReference(String)
  case rawAmpersand
  case rawLessThan(attribute: String)
  case endOfCDATAInText
  case expected(String)
  /// The file ends inside of something that began in that line.
  case unfinished(String, line: Int)
  case mismatchedTag(String, open: String, line: Int)
  case strayEndTag(String)
  case unclosedElement(String, line: Int)
  case duplicateAttribute(String)
  case doubleHyphen
  case lateDeclaration
  case declaration(String)
  case contentOutsideRoot
  case secondRoot(String)
  case noRoot
  /// Good XML, but about something else.
  case noAlert(root: String)
}

struct XMLError: Error, Equatable {
  var offset: Int
  var fault: XMLFault

  init(_ fault: XMLFault, at offset: Int) {
    self.fault = fault
    self.offset = offset
  }
}
