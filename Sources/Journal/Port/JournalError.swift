/// Why the journal could not do it: a sentence with the file, or the server, and what to do. Nothing was stored, unless it says that
/// this is not known.
package struct JournalError: Error, Sendable, Equatable, CustomStringConvertible {
  package enum Code: Sendable, Equatable {
    case full
    case readOnly
    case corrupt
    /// Another process has it.
    case locked
    /// Made by a later version of this program.
    case tooNew
    case unreadable
    /// It has failed in a way after which nobody knows what is on disk; only a new start helps.
    case failed
    /// The server that keeps it is away. It may be there again in a moment: try again.
    case unreachable
    case closed
  }

  package let code: Code
  package let description: String
  /// Set where nobody knows whether a batch was stored: the name (`Batch.name`) under which it may be sent again, and is stored once.
  package let doubt: String?

  package init(_ code: Code, _ description: String, doubt: String? = nil) {
    self.code = code
    self.description = description
    self.doubt = doubt
  }
}
