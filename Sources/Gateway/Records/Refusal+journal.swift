import HTTP
import Journal

extension Refusal {
  /// What the journal could not do, as an answer. What is wrong with the file is for the log, not for clients.
  init(_ error: JournalError) {
    switch error.code {
    case .full:
      self.init(
        .insufficientStorage, "The journal is full: nothing was stored. Ask an operator to make room, then try again.",
        code: "journal-full")
    case .closed:
      self.init(.serviceUnavailable, "The gateway is going away. Try again a little later.", code: "draining")
    case .unreachable:
      self.init(
        .serviceUnavailable,
        error.doubt == nil
          ? "The journal is away at the moment: nothing was stored. Try again a little later."
          : "The journal went away: whether this was stored is not known. Look before you try again.",
        code: "journal-away")
    case .readOnly, .corrupt, .locked, .tooNew, .unreadable, .failed:
      self.init(
        .serviceUnavailable,
        "The journal cannot be used at the moment: nothing was stored. Its operator's log tells why.",
        code: "journal-failed")
    }
  }
}
