import Foundation
import TestSupport
import Testing

@testable import signalbox

/// `signalbox reference generate` and `check`.
@Suite(.timeLimit(.minutes(2)))
struct ReferenceProcessTests {
  private let scratch: Scratch

  init() throws {
    scratch = try Scratch()
  }

  private func reference(_ words: String...) async throws -> RunningProgram.Result {
    try await RunningProgram.run(["reference"] + words, folder: scratch.path)
  }

  private func made() async throws {
    let result = try await reference("generate", "--dir", "data", "--trades", "1000")
    #expect(result.status == 0 && result.output == "Invented reference data is in data.\n", "\(result.errors)")
  }

  @Test func `what it makes can be used, and is not made over what is there`() async throws {
    try await made()
    let check = try await reference("check", "--dir", "data")
    #expect(check.status == 0 && check.output.hasPrefix("data can be used: 1000 trades, "), "\(check.errors)")
    let trades = try LocalFile.read("\(scratch.path)/data/trades.csv")
    let again = try await reference("generate", "--dir", "data", "--seed", "7")
    #expect(again.status == 1)
    #expect(
      again.errors == "signalbox: data holds reference data already. Name another folder, or remove it.\n",
      "\(again.errors)")
    #expect(try LocalFile.read("\(scratch.path)/data/trades.csv").count == trades.count)
  }

  @Test func `the same seed gives the same bytes, and another one others`() async throws {
    for (folder, seed) in [("a", "7"), ("b", "7"), ("c", "8")] {
      let result = try await reference("generate", "--dir", folder, "--trades", "1000", "--seed", seed)
      #expect(result.status == 0, "\(result.errors)")
    }
    func trades(_ folder: String) throws -> String {
      String(decoding: try LocalFile.read("\(scratch.path)/\(folder)/trades.csv"), as: UTF8.self)
    }
    let (a, b, c) = (try trades("a"), try trades("b"), try trades("c"))
    let (isSame, isOther) = (a == b, a != c)
    #expect(isSame && isOther)
  }

  @Test(arguments: [
    ("traders.csv", 3, "T-0002", "T 0002", "traders.csv, line 3, column 1 (trader_id): \"T 0002\""),
    ("trades.csv", 5, "Z,A-", "?,A-", "trades.csv, line 5, column 12 (ts): \"20"),
    ("policy.json", 1, "{", "[", "policy.json cannot be used. Policy, line "),
    ("precedents.json", 1, "{", "", "precedents.json cannot be used."),
  ])
  func `a spoiled file is refused with its name and the place`(
    file: String, line: Int, word: String, other: String, text: String
  ) async throws {
    try await made()
    try scratch.spoil("data/\(file)", line: line, word, by: other)
    let check = try await reference("check", "--dir", "data")
    #expect(check.status == 1 && check.output.isEmpty)
    #expect(check.errors.contains(text), "\(check.errors)")
  }

  @Test func `what is missing is named, and an agent refuses it in the same words`() async throws {
    try await made()
    try FileManager.default.removeItem(atPath: "\(scratch.path)/data/news.csv")
    let check = try await reference("check", "--dir", "data")
    #expect(check.status == 1 && check.errors.contains("news.csv"), "\(check.errors)")
    let agent = try await RunningProgram.run(
      ["agent", "insider-trading", "--plain-http", "--data", "data"], folder: scratch.path)
    #expect(agent.status == 1 && agent.errors.contains(check.errors.drop { $0 != ":" }), "\(agent.errors)")
  }

  @Test(arguments: [
    (["generate", "--trades", "999"], "The option --trades is a whole number from 1000 to 4000000, not \"999\"."),
    (["generate", "--seed", "x"], "The option --seed is a whole number from 0 on, not \"x\"."),
    (["check", "--dir="], "The option --dir needs a folder."),
  ])
  func `options that make no sense are refused by name`(words: [String], text: String) async throws {
    let result = try await RunningProgram.run(["reference"] + words, folder: scratch.path)
    #expect(result.status == 64 && result.errors.contains(text), "\(result.errors)")
  }
}
