import FoundationEssentials
import Glibc
import Journal
import Telemetry
import TestSupport
import Testing

/// A disk that fails while the journal is at work, or does not let it work at all.
@Suite struct DiskTests {
  private let folder: TemporaryFolder
  private let log = KeptLog()

  init() throws {
    folder = try TemporaryFolder()
    #expect(FaultyDisk.isInstalled)
  }

  private func open(_ name: String = "journal.db") async throws(JournalError) -> SQLiteJournal {
    var options = SQLiteJournalOptions.test(folder.path(name))
    options.durability = .full
    return try await SQLiteJournal.open(options, log: log.log, metrics: MetricsRegistry())
  }

  private func refusal(_ body: () async throws(JournalError) -> Void) async -> JournalError? {
    do throws(JournalError) {
      try await body()
      return nil
    } catch {
      return error
    }
  }

  private func lines(with text: String) -> Int { log.lines.count { $0.contains(text) } }

  @Test func `on a full disk nothing is stored or shown, and it goes on when there is room`() async throws {
    let journal = try await open()
    let heard = Heard()
    let following = try await journal.follow { heard.add($0) }
    try await journal.store(.opening("a"))
    FaultyDisk.set(.noRoom, below: folder.path)
    for _ in 0..<5 {
      let error = await refusal { () throws(JournalError) in _ = try await journal.append(.events("a", ["lost"])) }
      #expect(error?.code == .full)
      #expect(error?.description.contains(folder.path("journal.db")) == true)
    }
    let another = await refusal { () throws(JournalError) in _ = try await journal.append(.opening("b")) }
    #expect(another?.code == .full)
    #expect(try await journal.bounds().tail == 1)
    #expect(try await journal.task("b") == nil)
    #expect(lines(with: "the journal does not store") == 1)
    FaultyDisk.set(nil, below: folder.path)
    #expect(try await journal.store(.events("a", ["room"])).map(\.seq) == [2])
    #expect(try await journal.store(.opening("b")).map(\.offset) == [3])
    #expect(lines(with: "the journal stores again") == 1)
    #expect(await eventually { heard.records.count == 3 })
    #expect(heard.records.map(\.offset) == [1, 2, 3])
    withExtendedLifetime(following) {}
    await journal.close()
  }

  @Test func `trimming on a full disk removes nothing and harms nothing`() async throws {
    let journal = try await open()
    try await journal.store(.opening("a"))
    try await journal.store(.end("a"))
    FaultyDisk.set(.noRoom, below: folder.path)
    let error = await refusal { () throws(JournalError) in _ = try await journal.trim(Retention(tasks: 0), now: 0) }
    #expect(error?.code == .full)
    FaultyDisk.set(nil, below: folder.path)
    #expect(try await journal.all(of: "a").count == 2)
    #expect(try await journal.trim(Retention(tasks: 0), now: 0) == Trimmed(tasks: 1, records: 2))
    await journal.close()
  }

  @Test func `on a full disk nothing is remembered, and a batch that shared the commit is not stored`() async throws {
    let journal = try await open()
    try await journal.store(.opening("a").remembering(Memo("run", text: "before")))
    FaultyDisk.set(.noRoom, below: folder.path)
    await withTaskGroup { group in
      for number in 0..<20 {
        group.addTask {
          let error = await refusal { () throws(JournalError) in
            if number.isMultiple(of: 2) {
              _ = try await journal.remember([Memo("run", text: "\(number)")], of: "a")
            } else {
              _ = try await journal.append(.events("a", ["lost"]))
            }
          }
          #expect(error?.code == .full)
        }
      }
    }
    FaultyDisk.set(nil, below: folder.path)
    #expect(try await journal.memos(of: "a", under: "") == [Memo("run", text: "before")])
    #expect(try await journal.remember([Memo("run", text: "after")], of: "a"))
    #expect(try await journal.store(.events("a", ["room"])).map(\.seq) == [2])
    #expect(try await journal.memos(of: "a", under: "") == [Memo("run", text: "after")])
    await journal.close()
  }

  @Test(arguments: [true, false])
  func `whatever finds that the disk has failed, nothing is stored after it`(_ byTrimming: Bool) async throws {
    let journal = try await open()
    try await journal.store(.opening("a"))
    try await journal.store(.end("a"))
    FaultyDisk.set(.failedSync, below: folder.path)
    let first = await refusal { () throws(JournalError) in
      if byTrimming {
        _ = try await journal.trim(Retention(tasks: 0), now: 0)
      } else {
        _ = try await journal.remember([Memo("run", text: "x")], of: "a")
      }
    }
    #expect(first?.code == .failed)
    FaultyDisk.set(nil, below: folder.path)
    let later = await refusal { () throws(JournalError) in _ = try await journal.append(.opening("b")) }
    #expect(later?.code == .failed)
    await journal.close()
  }

  @Test func `after a sync that failed nothing is stored until a new start, and what was acknowledged is there`()
    async throws
  {
    var journal = try await open()
    try await journal.store(.opening("a"))
    try await journal.store(.events("a", ["acknowledged"]))
    FaultyDisk.set(.failedSync, below: folder.path)
    func append() async -> JournalError? {
      await refusal { () throws(JournalError) in _ = try await journal.append(.events("a", ["unknown"])) }
    }
    #expect(await append()?.code == .failed)
    FaultyDisk.set(nil, below: folder.path)
    // The disk may have forgotten what it was given: another sync that succeeds proves nothing.
    #expect(await append()?.code == .failed)
    #expect(try await journal.all(of: "a").map(\.text) == ["opened", "acknowledged"])
    await journal.close()
    journal = try await open()
    let texts = try await journal.all(of: "a").map(\.text)
    #expect(texts.starts(with: ["opened", "acknowledged"]))
    #expect(try await journal.store(.events("a", ["on"])).map(\.seq) == [Int64(texts.count) + 1])
    await journal.close()
  }

  @Test(arguments: ["journal.db", ""]) func `what may not be written is refused at once, and named`(_ name: String)
    async throws
  {
    let journal = try await open()
    try await journal.store(.opening("a"))
    await journal.close()
    if name.isEmpty { try FileManager.default.removeItem(atPath: folder.path("journal.db.lock")) }
    let place = name.isEmpty ? folder.path : folder.path(name)
    guard try await setWritable(place, false) else { return }
    let error = await refusal { () throws(JournalError) in await (try open()).close() }
    #expect(try await setWritable(place, true))
    #expect(error?.code == (name.isEmpty ? .unreadable : .readOnly))
    #expect(error?.description.contains(folder.path("journal.db")) == true)
    let again = try await open()
    #expect(try await again.all(of: "a").count == 1)
    await again.close()
  }

  /// False where that cannot be done: modes do not bind root, and not every file system knows what does.
  private func setWritable(_ path: String, _ isWritable: Bool) async throws -> Bool {
    if geteuid() != 0 {
      return unsafe chmod(path, isWritable ? 0o700 : 0o500) == 0
    }
    let done = try await RunningProgram.run(program: "/usr/bin/chattr", [isWritable ? "-i" : "+i", path])
    return done.status == 0
  }
}
