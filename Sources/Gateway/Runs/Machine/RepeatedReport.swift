import A2A
import JSON

/// An agent says of a report that it may have been heard before.
struct RepeatedReport {
  private static let mark = "repeated"
  private static let original = "repeats"

  /// The id of the message that it came with, where that may be another one now.
  let message: String?

  /// Nil for a report that is no repetition.
  init?(_ update: TaskEvent.StatusUpdate) {
    guard let report = update.metadata?[ProgressReport.extensionURI], report.kind == .object,
      report[Self.mark]?.bool == true
    else { return nil }
    message = report[Self.original]?.string
  }

  /// - Parameter path: of a member of the metadata.
  static func isMark(_ path: [String]) -> Bool {
    path == [ProgressReport.extensionURI, mark] || path == [ProgressReport.extensionURI, original]
  }
}
