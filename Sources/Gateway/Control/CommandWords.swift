import HTTP

/// What may be said with a command, whichever way it comes.
enum CommandWords {
  static let longestWhy = 500

  /// Throws 400 for what is no command, whatever task it is for.
  static func check(_ command: RunCommand) throws(Refusal) {
    try check(id: command.id)
    switch command.act {
    case .cancel(let why), .pause(let why): try check(why: why)
    case .review(let review): try review.check()
    case .say, .answer, .claim, .release, .resume: break
    }
  }

  static func isGoodID(_ id: String) -> Bool {
    (1...128).contains(id.utf8.count) && id.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }

  static func check(id: String) throws(Refusal) {
    guard isGoodID(id) else {
      throw .badCommand(
        "The id of a command is 1 to 128 printable ASCII characters without a space, not \(Excerpt.quoting(id.utf8)).")
    }
  }

  static func check(why: String?) throws(Refusal) {
    guard let why else { return }
    let isPrintable = why.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    guard isPrintable, why.unicodeScalars.count <= longestWhy else {
      throw .badCommand(
        "The \"why\" is at most \(longestWhy) characters without control characters, not \(Excerpt.quoting(why.utf8)).")
    }
  }

  /// The sender's word for a command; nil where it has none.
  /// - Parameter fields: the values of `Idempotency-Key`, which says the same as the member.
  static func id(_ member: String?, fields: [String]) throws(Refusal) -> String? {
    let ids = Set(fields + (member.map { [$0] } ?? []))
    guard ids.count <= 1 else {
      throw .badCommand("The request gives the command several different ids. Send one, as \"id\" or Idempotency-Key.")
    }
    if let id = ids.first { try check(id: id) }
    return ids.first
  }
}

extension Refusal {
  static func badCommand(_ detail: String) -> Refusal { Refusal(.badRequest, detail, code: "bad-command") }

  /// What kind of refusal it is, in one word.
  var word: String { code ?? status.reason.lowercased().replacing(" ", with: "-") }
}
