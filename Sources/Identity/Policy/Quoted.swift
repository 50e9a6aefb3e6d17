/// Foreign text made fit for a sentence: at most 60 bytes of it, in quotes, everything that is not printable ASCII escaped.
func quoted(_ text: String) -> String {
  let limit = 60
  var shown = "\""
  for byte in text.utf8.prefix(limit) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): shown += "\\" + String(UnicodeScalar(byte))
    case 0x20...0x7E: shown.unicodeScalars.append(UnicodeScalar(byte))
    default: shown += "\\x" + hexadecimal([byte]).lowercased()
    }
  }
  return shown + (text.utf8.count > limit ? "\"..." : "\"")
}
