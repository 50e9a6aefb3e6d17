/// The commands that there are, by the words that records, receipts and rights have for them.
enum CommandKind: String, Sendable, Hashable, CaseIterable {
  case cancel, send, answer, claim, release, pause, resume, review
}
