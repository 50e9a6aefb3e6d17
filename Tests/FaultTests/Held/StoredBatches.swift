import TestSupport
import Testing

/// A task's record as Redis has it, with who has written it: names of batches begin with a word that each gateway makes up for itself.
struct StoredBatches {
  /// What is wrong with a record that two have written.
  enum Fault: Error, Equatable {
    /// A gateway has written behind another one that had the run after it.
    case twoWriters(task: String, seq: Int, writer: String)
  }

  private let task: String
  /// The number of the last record of each, in their order.
  private let batches: [(seq: Int, writer: String)]

  init(of task: String, in redis: RedisProcess) async throws {
    self.task = task
    let script = """
      local found = {}
      for _, entry in ipairs(redis.call('XRANGE', KEYS[1], '-', '+')) do
        if entry[2][12] ~= '' then found[#found + 1] = entry[2][2] .. ' ' .. entry[2][12] end
      end
      return found
      """
    let lines = try await redis.command("EVAL", script, "1", "{signalbox}:r:\(task)").split(separator: "\n")
    batches = try lines.map { line in
      let words = line.split(separator: " ")
      return (try #require(Int(words[0]), "\(line)"), String(words[words.count - 1].prefix { $0 != "-" }))
    }
  }

  /// In the order in which they have begun to write.
  var writers: [String] { batches.reduce(into: []) { if !$0.contains($1.writer) { $0.append($1.writer) } } }

  var faults: [Fault] {
    var faults: [Fault] = []
    var known: [String] = []
    for batch in batches where batch.writer != known.last {
      if known.contains(batch.writer) {
        faults.append(.twoWriters(task: task, seq: batch.seq, writer: batch.writer))
      } else {
        known.append(batch.writer)
      }
    }
    return faults
  }
}
