// A process that stores until it is killed, and says what was acknowledged: `JournalVictim FILE`. Each line is a task and a seq.

import Glibc
import Journal
import Synchronization
import Telemetry

private struct NoLog: LogSink {
  func write(_ line: [UInt8]) {}
}

private let path = CommandLine.arguments[1]
private let count = Atomic<Int>(0)
private let options = SQLiteJournalOptions(
  path: path, clock: { 1_000_000 }, newEpoch: { "epoch\(getpid())n\(count.add(1, ordering: .relaxed).newValue)" })
private let journal = try await SQLiteJournal.open(
  options, log: Log(sink: NoLog(), clock: { 0 }), metrics: MetricsRegistry())

await withThrowingTaskGroup { group in
  for number in 0..<8 {
    group.addTask {
      let task = "task-\(number)"
      var batch = Batch(task: task, entries: [])
      if try await journal.task(task) == nil {
        batch.opening = TaskOpening(owner: "alex", tenant: nil, agent: "victim")
      }
      var seq = try await journal.task(task)?.lastSeq ?? 0
      while true {
        batch.entries = (1...3).map { (next: Int64) in
          Entry(.event, origin: "victim", payload: Array("\(task) \(seq + next)".utf8))
        }
        guard case .stored(let records) = try await journal.append(batch), let last = records.last else { break }
        batch.opening = nil
        seq = last.seq
        // In one write: another's line is never in the middle of it.
        let line = Array("\(task) \(seq)\n".utf8)
        unsafe _ = write(STDOUT_FILENO, line, line.count)
      }
    }
  }
}
