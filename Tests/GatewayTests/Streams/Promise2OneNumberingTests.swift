import HTTP
import Journal
import TestSupport
import Testing

@testable import Gateway

/// Per task, `seq` is 1, 2, 3, … with no hole, the same for every client.
@Suite struct Promise2OneNumberingTests {
  @Test
  func `all clients get the same records with the same numbers, wherever they began and whatever else they watch`()
    async throws
  {
    try await RecordStand.run { stand async throws in
      let tasks = ["a", "b", "c", "d"]
      for task in tasks { try await stand.open(task) }
      var readers: [(tasks: Set<String>, reader: RecordReader)] = []
      func watch(_ path: String, _ tasks: [String]) async throws {
        let checker = StreamChecker(of: Set(tasks))
        readers.append((Set(tasks), try await stand.watch(path, as: .olaf, checking: checker)))
      }
      for task in tasks { try await watch("/\(task)", [task]) }
      try await watch("?tasks=a,c", ["a", "c"])
      try await watch("?all&after=earliest", tasks)
      try await withThrowingTaskGroup { group in
        for (index, task) in tasks.enumerated() {
          group.addTask {
            for round in 0..<60 { try await stand.say(task, 1 + (round + index) % 4) }
            try await stand.say(task, final: true)
          }
        }
        // These come while it happens.
        for task in tasks { try await watch("/\(task)", [task]) }
        try await watch("?tasks=d,b,a", ["a", "b", "d"])
        try await watch("?all&after=earliest", tasks)
        try await group.waitForAll()
      }
      var first: [String: [[UInt8]]] = [:]
      for (watched, reader) in readers {
        #expect(
          await reader.read { checker in watched.allSatisfy { checker.seqs[$0] == 152 } },
          "\(watched.sorted()): \(reader.checker.seqs) \(reader.checker.faults.prefix(5))")
        #expect(reader.checker.faults == [])
        for task in watched {
          let records = reader.records.map(\.data).filter { StreamedRecord($0)?.task == task }
          let same = first[task].map { $0 == records } ?? true
          #expect(same, "Two clients have heard different things of \(task).")
          first[task] = records
        }
      }
    }
  }
}
