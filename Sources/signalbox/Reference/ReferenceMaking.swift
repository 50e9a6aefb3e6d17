import Foundation
import Surveillance

/// Makes a folder of invented reference data: the same seed and size give the same bytes.
struct ReferenceMaking: Sendable {
  static let standardTrades = World.usualTrades
  static let trades = 1_000...4_000_000
  /// What is written before memory is given back.
  private static let batch = 1 << 20

  let folder: String
  var trades = standardTrades
  var seed: UInt64?

  /// What an earlier start has made is left as it is.
  func makeIfMissing() throws {
    let files = ReferenceFolder(path: folder)
    guard !FileManager.default.fileExists(atPath: files.policyPath) else { return }
    let start = ContinuousClock.now
    try make()
    let seconds = (ContinuousClock.now - start).components.seconds
    Terminal.print("Reference data with \(trades) invented trades was made in \(folder), in \(seconds) s.")
  }

  /// The policy comes last: where it is, everything is.
  func make() throws {
    try LocalFile.makeFolder(folder)
    let files = ReferenceFolder(path: folder)
    let world = seed.map { World(seed: $0, trades: trades) } ?? World(trades: trades)
    for file in ReferenceFile.allCases where file != .trades {
      try LocalFile.write(world.tables.bytes(of: file), to: files.place(of: file))
    }
    try writeTrades(of: world, to: files.place(of: .trades))
    try LocalFile.write(PrecedentBook.standard.text, to: files.precedentsPath)
    try LocalFile.write(PolicyFile.text(.standard, keys: PolicyKey.all), to: files.policyPath)
  }

  private func writeTrades(of world: World, to path: String) throws {
    try LocalFile.write([], to: path)
    guard let handle = FileHandle(forWritingAtPath: path) else {
      throw CommandFailure.failure("\(path) cannot be written. Check that this user may write there.")
    }
    defer { try? handle.close() }
    var writer = ReferenceWriter(.trades)
    try world.trades { trade in
      writer.write(trade)
      if writer.count >= Self.batch { try handle.write(contentsOf: writer.drain()) }
    }
    try handle.write(contentsOf: writer.drain())
  }
}
