/// Foreign text made fit for a sentence: short, in quotes, everything that is not printable ASCII escaped.
struct Quoted: CustomStringConvertible {
  private static let maximum = 60
  let description: String

  init(_ text: String) {
    let shown = text.unicodeScalars.prefix(Self.maximum).map { $0.escaped(asASCII: true) }.joined()
    description = "\"\(shown)\(text.unicodeScalars.count > Self.maximum ? "..." : "")\""
  }
}
