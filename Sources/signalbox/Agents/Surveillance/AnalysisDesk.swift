import Foundation
import Surveillance
import Telemetry

/// What a specialist has at hand: the reference data, the policy, the precedents, and a clock.
struct AnalysisDesk: Sendable {
  let reference: ReferenceData
  let policy: Policy
  let precedents: PrecedentBook
  let clock: @Sendable () -> Instant
  /// Nil: the templates' words stand.
  var model: LanguageModel?

  /// Reads the folder's files. Throws with the file that is wrong, and where. Blocks.
  static func load(from folder: String, log: Log) throws -> AnalysisDesk {
    let start = ContinuousClock.now
    let files = ReferenceFolder(path: folder)
    let desk = AnalysisDesk(
      reference: try files.reference(), policy: try files.policy(), precedents: try files.precedents(),
      clock: { Instant(milliseconds: Int(Date().timeIntervalSince1970 * 1_000)) })
    let time = (ContinuousClock.now - start).components
    log.info(
      "reference data loaded",
      [
        "folder": .string(folder), "policy": .string(desk.policy.version),
        "milliseconds": .int(Int(time.seconds) * 1_000 + Int(time.attoseconds / 1_000_000_000_000_000)),
      ])
    return desk
  }
}
