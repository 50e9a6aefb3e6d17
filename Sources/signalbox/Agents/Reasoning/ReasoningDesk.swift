import Surveillance
import Telemetry

/// What the reasoning agent has at hand: the reference data, the names in them, and a model where there is one.
struct ReasoningDesk: Sendable {
  let lookups: Lookups
  let reader: InquiryReader
  let conversations = Conversations()
  /// Nil: questions are read and answered by rules.
  var model: LanguageModel?

  init(_ reference: ReferenceData, model: LanguageModel? = nil) {
    lookups = Lookups(reference)
    reader = InquiryReader(names: NameBook(reference), days: reference.tradeDays)
    self.model = model
  }

  /// Reads the folder's files. Throws with the file that is wrong, and where. Blocks.
  static func load(from folder: String, log: Log) throws -> ReasoningDesk {
    let start = ContinuousClock.now
    let desk = ReasoningDesk(try ReferenceFolder(path: folder).reference())
    let time = ContinuousClock.now - start
    log.info(
      "reference data loaded",
      ["folder": .string(folder), "milliseconds": .int(Int(time / .milliseconds(1)))])
    return desk
  }
}
