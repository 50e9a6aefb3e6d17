/// Why the journal could not do it: a sentence with the file and what to do. Nothing was stored.
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
    case closed
  }

  package let code: Code
  package let description: String

  package init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}
