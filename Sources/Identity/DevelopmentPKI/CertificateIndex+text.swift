/// The index as a text file, close to that of `openssl ca`: a heading, then one certificate a line, with tabs between
/// state (`V` issued, `R` revoked), end of validity, time of revocation (`-` for none), serial number and holder.
extension CertificateIndex {
  /// A line that does not say what it must; lines count from 1.
  struct ParsingError: Error, Hashable {
    let line: Int
    let reason: String
  }

  private static let heading =
    "# Signalbox certificate index 1: state, not after, revoked at, serial number, holder; written by signalbox certs"

  var text: String {
    entries.reduce(into: Self.heading + "\n") { text, entry in
      let (state, time) =
        switch entry.state {
        case .issued: ("V", "-")
        case .revoked(let time): ("R", time.description)
        }
      text += "\(state)\t\(entry.notAfter)\t\(time)\t\(entry.serialNumber)\t\(entry.holder)\n"
    }
  }

  init(text: String) throws(ParsingError) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.first.map(String.init) == Self.heading else {
      throw ParsingError(line: 1, reason: "the heading of a certificate index is missing.")
    }
    // Every line ends with a line feed, so the last piece is empty; if not, the file was cut off.
    guard lines.removeLast().isEmpty else {
      throw ParsingError(line: lines.count + 1, reason: "the file ends within a line.")
    }
    var serialNumbers: Set<SerialNumber> = []
    for (index, line) in lines.enumerated().dropFirst() {
      let entry = try Self.entry(line, number: index + 1)
      guard serialNumbers.insert(entry.serialNumber).inserted else {
        throw ParsingError(
          line: index + 1, reason: "the serial number \(entry.serialNumber) stands on a line above, too.")
      }
      add(entry)
    }
  }

  private static func entry(_ line: Substring, number: Int) throws(ParsingError) -> IndexEntry {
    let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
    guard fields.count == 5 else {
      throw ParsingError(line: number, reason: "it has \(fields.count) fields, and must have 5 with tabs between them.")
    }
    func invalid(_ what: String, _ field: Substring) -> ParsingError {
      ParsingError(line: number, reason: "\(String(field).debugDescription) is no \(what).")
    }
    let state: IndexEntry.State
    switch (fields[0], fields[2]) {
    case ("V", "-"): state = .issued
    case ("V", let time): throw invalid("time of revocation of a certificate that is not revoked", time)
    case ("R", let time):
      guard let time = UnixTime(String(time)) else { throw invalid("time of revocation", time) }
      state = .revoked(at: time)
    case (let letter, _): throw invalid("state (V or R)", letter)
    }
    guard let notAfter = UnixTime(String(fields[1])) else { throw invalid("time", fields[1]) }
    guard let serialNumber = SerialNumber(String(fields[3])), serialNumber.description == fields[3] else {
      throw invalid("serial number", fields[3])
    }
    guard let holder = IndexEntry.Holder(fields[4]) else { throw invalid("holder of a certificate", fields[4]) }
    return IndexEntry(holder: holder, serialNumber: serialNumber, notAfter: notAfter, state: state)
  }
}
