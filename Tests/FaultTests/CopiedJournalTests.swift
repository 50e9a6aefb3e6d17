import Foundation
import HTTP
import JSON
import TestSupport
import Testing
import Wire

extension Faults {
  /// A journal's files, copied while the gateway writes to them, or put back.
  @Suite(.timeLimit(.minutes(3)))
  struct CopiedJournalTests {
    /// How a copy comes about. Between its two halves the gateway writes on, and moves what is in one of the files to the other.
    private enum Way: String, CaseIterable {
      case atOnce
      case databaseFirst
      case logFirst

      var files: [String] {
        self == .logFirst ? ["journal.sqlite-wal", "journal.sqlite"] : ["journal.sqlite", "journal.sqlite-wal"]
      }
      /// Events between the halves: SQLite moves its log into the database after 4 MB.
      var pause: Int { self == .atOnce ? 0 : 60 }
    }

    @Test
    func `a copy that was made while it was written is a journal of its own, whole as far as it goes, or is refused`()
      async throws
    {
      let station = try Station()
      try await Clients.with(station) { clients in
        let original = try await station.serve { gateway in
          let begun = try await Producer.open(clients, gateway.ports.agents, task: "copied", padding: 120_000)
          let (progress, isEnough) = (Tally(), Tally())
          async let published = Self.publish(to: begun, until: isEnough, progress)
          for way in Way.allCases {
            try await progress.reaches(progress.value + 20)
            try await Self.copy(way, station, progress)
          }
          isEnough.add()
          let producer = try await published
          // The gateway that wrote has noticed nothing.
          let watcher = Watcher(clients: clients, port: gateway.ports.people, tasks: ["copied"])
          let watched = try await watcher.leaving(after: producer.acknowledged + 1).watch()
          #expect(watched.isWhole(to: producer.acknowledged + 1), "\(watched.summary)")
          return producer
        }
        for way in Way.allCases { try await Self.open(way.rawValue, station, clients, original) }
      }
    }

    @Test func `whoever saw more than a journal has that was put back is told so, and nothing is passed off as old`()
      async throws
    {
      let station = try Station()
      try await Clients.with(station) { clients in
        var producer = try await station.serve { gateway in
          var producer = try await Producer.open(clients, gateway.ports.agents, task: "copied")
          try await producer.publish(10)
          try await gateway.stop()
          return producer
        }
        let backup = try Data(contentsOf: URL(fileURLWithPath: station.journal))
        try await station.serve { gateway in
          producer = producer.moved(to: gateway.ports.agents)
          try await producer.publish(10)
          try await gateway.stop()
        }
        // Into the same file, so that its place gives nothing away.
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: station.journal))
        try file.truncate(atOffset: 0)
        try file.write(contentsOf: backup)
        try file.close()
        try await Self.open("state", station, clients, producer)
      }
    }

    private static func publish(
      to producer: Producer, until isEnough: Tally, _ progress: Tally
    ) async throws -> Producer {
      var producer = producer
      while isEnough.value == 0 {
        try await producer.publish(1)
        progress.add()
      }
      return producer
    }

    private static func copy(_ way: Way, _ station: Station, _ progress: Tally) async throws {
      let folder = station.folder.path(way.rawValue)
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
      for file in way.files {
        try FileManager.default.copyItem(atPath: station.folder.path("state/\(file)"), toPath: "\(folder)/\(file)")
        if file == way.files[0] { try await progress.reaches(progress.value + way.pause) }
      }
    }

    /// Serves from a copy, if it is one that can be served from.
    private static func open(
      _ state: String, _ station: Station, _ clients: Clients, _ original: Producer
    ) async throws {
      do {
        try await station.serve(state: state) { gateway in
          let last = try await Self.lastSeq(clients, gateway)
          #expect(last <= original.acknowledged + 1)
          print("A copied journal, \(state): \(last) of \(original.acknowledged + 1) records")
          guard last > 0 else { return }
          // Whoever comes with a cursor of the original is told that it is worth nothing here: one that lies behind the end, and one
          // that would be something else's as soon as this journal goes on.
          for cursor in [original.cursor, original.beginning] {
            var lost = Watcher(clients: clients, port: gateway.ports.people, tasks: ["copied"], cursor: cursor)
            lost.hasEnough = { $0.checker.recordCount > 0 || $0.checker.resetCount > 0 }
            let told = try await lost.watch()
            #expect(told.checker.resumes.map(\.status) == [.reset], "\(told.summary)")
          }
          // What it has is a beginning of the original, without a hole.
          let reader = Watcher(clients: clients, port: gateway.ports.people, tasks: ["copied"])
          let all = try await reader.leaving(after: last).watch()
          #expect(all.isWhole(to: last), "\(all.summary)")
        }
      } catch let failure as GatewayDidNotStart {
        #expect(failure.errors.contains("\(station.folder.path(state))/journal.sqlite"), "\(failure)")
        print("A copied journal, \(state): refused. \(failure.errors)")
      }
    }

    /// Of the task, as the gateway knows it; 0 when it does not.
    private static func lastSeq(_ clients: Clients, _ gateway: ServedProcess) async throws -> Int {
      let request = ClientRequest(.get, try Clients.url(gateway.ports.people, "/api/tasks/copied"))
      let answer = try await clients.watcher.send(request)
      let body = try await answer.body.collect(limit: 65_536)
      if answer.status.code == 404 { return 0 }
      return Int(try #require(try JSONValue(parsing: body)["lastSeq"]?.int))
    }
  }
}
