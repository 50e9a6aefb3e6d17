import FoundationEssentials
import Glibc
import Journal
import Telemetry
import TestSupport
import Testing

/// A process that is killed in the middle of writing.
@Suite struct CrashTests {
  private static let victim: String = {
    URL(filePath: RunningProgram.signalbox).deletingLastPathComponent().path + "/JournalVictim"
  }()

  @Test func `a process that is killed loses nothing that it acknowledged, and nothing is there twice`() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("journal.db")
    var acknowledged: [String: Int64] = [:]
    var epochs: Set<String> = []
    for round in 1...4 {
      try await RunningProgram.with(program: Self.victim, [path]) { process in
        var left = 40 * round
        for await line in process.output.lines {
          Self.note(line, in: &acknowledged)
          left -= 1
          if left == 0 { break }
        }
        process.signal(SIGKILL)
        let status = try await process.exit()
        #expect(status == -SIGKILL)
        for line in process.output.text.split(separator: "\n") { Self.note(String(line), in: &acknowledged) }
      }
      let journal = try await SQLiteJournal.open(.test(path), log: KeptLog().log, metrics: MetricsRegistry())
      epochs.insert(journal.epoch)
      #expect(acknowledged.count == 8)
      for (task, seq) in acknowledged {
        let texts = try await journal.all(of: task).map(\.text)
        #expect(texts.count >= seq, "\(task)")
        let isWhole = texts == (1...texts.count).map { "\(task) \($0)" }
        #expect(isWhole, "\(task)")
      }
      await journal.close()
    }
    // Being killed is no restoring: clients keep their cursors.
    #expect(epochs.count == 1)
  }

  private static func note(_ line: String, in acknowledged: inout [String: Int64]) {
    let words = line.split(separator: " ")
    guard words.count == 2, let seq = Int64(words[1]) else { return }
    acknowledged[String(words[0])] = max(acknowledged[String(words[0])] ?? 0, seq)
  }
}
