import Surveillance

/// `signalbox reference`: makes reference data, and looks at what somebody has made.
struct ReferenceCommand: Sendable {
  static let folder = "dir"
  static let trades = "trades"
  static let seed = "seed"
  static let defaultFolder = "reference"

  private let making: ReferenceMaking

  init(_ arguments: ParsedArguments, _ command: CommandSpecification) throws(UsageError) {
    func refusal(_ message: String) -> UsageError { UsageError(message: message, invocation: command.invocation) }
    let folder = arguments.value(Self.folder) ?? Self.defaultFolder
    guard !folder.isEmpty else { throw refusal("The option --dir needs a folder.") }
    var making = ReferenceMaking(folder: folder)
    making.trades = try arguments.number(Self.trades, in: ReferenceMaking.trades, refusal) ?? making.trades
    if let text = arguments.value(Self.seed) {
      guard let seed = UInt64(text) else {
        throw refusal("The option --seed is a whole number from 0 on, not \(text.debugDescription).")
      }
      making.seed = seed
    }
    self.making = making
  }

  func run(_ action: CommandAction) throws {
    let files = ReferenceFolder(path: making.folder)
    if action == .referenceGenerate {
      // Somebody's own data is not to be lost by a word too many.
      guard !files.holdsAnything else {
        throw CommandFailure.failure(
          "\(making.folder) holds reference data already. Name another folder, or remove it.")
      }
      try making.make()
      Terminal.print("Invented reference data is in \(making.folder).")
    } else {
      let data = try files.reference()
      _ = try files.precedents()
      let policy = try files.policy()
      Terminal.print("\(making.folder) can be used: \(data.summary), policy \(policy.version).")
    }
  }
}

extension ReferenceData {
  fileprivate var summary: String {
    "\(rowCount(of: .trades)) trades, \(rowCount(of: .traders)) traders, \(rowCount(of: .accounts)) accounts, "
      + "\(rowCount(of: .instruments)) instruments"
  }
}
