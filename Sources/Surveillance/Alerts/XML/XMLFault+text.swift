extension XMLFault {
  /// What is wrong, as it follows a place and a colon.
  var problem: String {
    switch self {
    case .empty: "the file is empty."
    case .tooLong(let limit): "the file goes on behind its byte \(Digits.grouped(limit)), and more is not read."
    case .tooDeep(let limit): "this element lies more than \(limit) elements deep."
    case .tooManyNodes(let limit): "the file has more than \(Digits.grouped(limit)) elements, attributes and texts."
    case .encoding(let name): "the file is in \(name), and alerts are read in UTF-8 alone."
    case .notUTF8: "this byte is not UTF-8."
    case .forbiddenCharacter(let scalar): "the character \(XMLCharacter.codePoint(scalar)) is not allowed in XML."
    case .documentType:
      "a document type (`<!DOCTYPE`) stands here, and none is read, because it can pull in other files."
    case .unknownMarkup: "`<!` begins neither a comment nor CDATA here."
    case .unknownEntity(let name): "the entity `&\(name);` is not one of the five that XML has by itself."
    case .characterReference(let text): "`\(text)` stands for no character that XML allows."
    case .rawAmpersand: "`&` stands here by itself."
    case .rawLessThan(let attribute): "`<` stands in the value of the attribute `\(attribute)`."
    case .endOfCDATAInText: "`]]>` stands in a text."
    case .expected(let what): "\(what) should stand here."
    case .unfinished(let what, let line): "the file ends inside of \(what) that began in line \(line)."
    case .mismatchedTag(let found, let open, let line):
      "`</\(found)>` closes no open element: the last one opened is `\(open)`, in line \(line)."
    case .strayEndTag(let name): "`</\(name)>` closes an element that was never opened."
    case .unclosedElement(let name, let line): "the file ends, but `\(name)` of line \(line) was not closed."
    case .duplicateAttribute(let name): "the element has the attribute `\(name)` twice."
    case .doubleHyphen: "`--` stands inside of a comment."
    case .lateDeclaration: "an XML declaration stands here, but it may be only at the very start."
    case .declaration(let why): "the XML declaration cannot be read: \(why)."
    case .contentOutsideRoot: "text stands outside of the root element."
    case .secondRoot(let name): "a second root element, `\(name)`, begins here."
    case .noRoot: "the file has no element."
    case .noAlert(let root): "the file is XML, but holds no alert: its root is `\(root)`."
    }
  }

  /// What to do about it.
  var advice: String {
    switch self {
    case .empty, .noRoot: "Choose the file that the monitoring system has exported."
    case .tooLong, .tooManyNodes: "Send fewer alerts in one file."
    case .tooDeep: "Send the alert without what it is wrapped in."
    case .encoding, .notUTF8: "Save the file as UTF-8 and send it again."
    case .forbiddenCharacter: "Remove the character."
    case .documentType: "Remove it, and write the characters that its entities stand for."
    case .unknownMarkup: "Write `<!--` for a comment or `&lt;!` for text."
    case .unknownEntity: "Write the character itself."
    case .characterReference: "Remove it, or write the number of a character."
    case .rawAmpersand: "Write `&amp;` for it."
    case .rawLessThan: "Write `&lt;` for it, or end the value before it."
    case .endOfCDATAInText: "Write `]]&gt;` for it."
    case .expected: "Correct the tag."
    case .unfinished, .unclosedElement: "The file may have been cut off: export it again."
    case .mismatchedTag(_, let open, _): "Close it by `</\(open)>` first."
    case .strayEndTag: "Remove it, or open the element before it."
    case .duplicateAttribute: "Keep one of the two."
    case .doubleHyphen: "Write a single hyphen."
    case .lateDeclaration: "Move it to the start, or remove it."
    case .declaration: "Write `<?xml version=\"1.0\" encoding=\"UTF-8\"?>`, or leave it out."
    case .contentOutsideRoot: "Remove it."
    case .secondRoot: "Send one root: several alerts go into one `SmartsAlerts`."
    case .noAlert: "Send a file with a `SmartsAlert`, `SMARTSAlert`, `Alert` or `SmartsAlerts`."
    }
  }
}
