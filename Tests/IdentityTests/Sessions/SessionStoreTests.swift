import Foundation
import TestSupport
import Testing

@testable import Identity

struct SessionStoreTests {
  private let folder: TemporaryFolder
  private let file: String
  private let start = SessionValues.start
  private let limits = SessionValues.limits

  init() throws {
    folder = try TemporaryFolder()
    file = folder.path("sessions.jsonl")
  }

  private func store(_ now: UnixTime? = nil) throws -> SessionStore {
    try SessionStore(file: file, limits: limits, now: now ?? start)
  }

  private func alex(_ store: SessionStore, _ now: UnixTime? = nil) throws -> (Session, SessionSecrets) {
    let opened = try store.open(.link(name: "alex"), owner: "alex", now: now ?? start)
    return (opened.session, opened.secrets)
  }

  private func text() throws -> String { try String(contentsOfFile: file, encoding: .utf8) }

  // MARK: Through a restart

  @Test func `a session is found by its cookie, before and after a restart`() throws {
    let first = try store()
    let (session, secrets) = try alex(first)
    #expect(first.find(cookie: secrets.cookie, now: start + 1).session?.id == session.id)
    #expect(first.current(id: session.id, now: start + 1)?.claims == .link(name: "alex"))
    try first.close()
    let second = try store(start + 10)
    guard case .found(let found) = second.find(cookie: secrets.cookie, now: start + 11) else {
      Issue.record("The session is lost.")
      return
    }
    #expect(found.session.id == session.id)
    #expect(found.session.opened == start)
    #expect(found.accepts(csrf: secrets.csrf))
    #expect(second.repair == nil)
  }

  @Test func `what was used is known after a restart, and after a crash at the latest since the last minute`() throws {
    var running: SessionStore? = try store()
    let (session, secrets) = try alex(try #require(running))
    _ = running?.find(cookie: secrets.cookie, now: start + 100)
    try running?.tend(now: start + 120)
    _ = running?.find(cookie: secrets.cookie, now: start + 150)
    running = nil
    let crashed = try store(start + 200)
    #expect(crashed.current(id: session.id, now: start + 200)?.lastUsed == start + 100)
    _ = crashed.find(cookie: secrets.cookie, now: start + 300)
    try crashed.close()
    #expect(try store(start + 400).current(id: session.id, now: start + 400)?.lastUsed == start + 300)
  }

  @Test func `use alone writes nothing`() throws {
    let store = try store()
    let (_, secrets) = try alex(store)
    let before = try text()
    for second in 1...100 { _ = store.find(cookie: secrets.cookie, now: start + Int64(second)) }
    try store.settle()
    #expect(try text() == before)
    try store.tend(now: start + 100)
    #expect(try text().hasPrefix(before))
    #expect(try text().dropFirst(before.count).split(separator: "\n").count == 1)
  }

  @Test func `an ended session stays ended`() throws {
    let first = try store()
    let (session, secrets) = try alex(first)
    let (other, otherSecrets) = try alex(first)
    #expect(try first.end(ids: [session.id, "no such"], now: start + 1).map(\.id) == [session.id])
    #expect(try first.end(ids: [session.id], now: start + 1) == [])
    #expect(first.find(cookie: secrets.cookie, now: start + 2).word == "unknown")
    #expect(first.current(id: session.id, now: start + 2) == nil)
    try first.close()
    let second = try store(start + 3)
    #expect(second.find(cookie: secrets.cookie, now: start + 3).word == "unknown")
    #expect(second.find(cookie: otherSecrets.cookie, now: start + 3).word == "found")
    #expect(second.list(now: start + 3).map(\.id) == [other.id])
  }

  @Test func `a session that was stolen is over after a crash, too`() throws {
    var running: SessionStore? = try store()
    let (_, old) = try alex(try #require(running))
    let new = try #require(try running?.rotate(cookie: old.cookie, now: start + 10))
    #expect(new.csrf == old.csrf)
    #expect(running?.find(cookie: new.cookie, now: start + 20).word == "found")
    #expect(running?.find(cookie: old.cookie, now: start + 51).word == "stolen")
    try running?.settle()
    running = nil
    let second = try store(start + 60)
    for cookie in [old.cookie, new.cookie] { #expect(second.find(cookie: cookie, now: start + 60).word == "unknown") }
  }

  @Test func `a changed cookie is good after a crash, and so is the old one until it is used`() throws {
    var running: SessionStore? = try store()
    let (_, old) = try alex(try #require(running))
    let new = try #require(try running?.rotate(cookie: old.cookie, now: start + 10))
    running = nil
    let second = try store(start + 20)
    #expect(second.find(cookie: old.cookie, now: start + 500).word == "found")
    #expect(second.find(cookie: new.cookie, now: start + 501).word == "found")
    #expect(second.find(cookie: old.cookie, now: start + 532).word == "stolen")
  }

  @Test func `new claims are kept`() throws {
    let first = try store()
    let token = SessionValues.token(expires: start + 100)
    let session = try first.open(token, owner: "alex", now: start).session
    let later = SessionValues.token(expires: start + 300)
    #expect(try first.extend(id: session.id, claims: later, now: start + 50)?.ends == start + 300)
    #expect(try first.extend(id: "no such", claims: later, now: start + 50) == nil)
    try first.close()
    let kept = try store(start + 60).current(id: session.id, now: start + 299)
    #expect(kept?.claims == later)
    #expect(kept?.ends == start + 300)
  }

  @Test func `narrower limits hold for sessions that are open already`() throws {
    let first = try store()
    let (session, secrets) = try alex(first)
    try first.close()
    var narrow = limits
    narrow.absolute = 100
    let second = try SessionStore(file: file, limits: narrow, now: start + 50)
    #expect(second.current(id: session.id, now: start + 99)?.ends == start + 100)
    #expect(second.find(cookie: secrets.cookie, now: start + 100).word == "unknown")
  }

  @Test func `the list has the session used last first`() throws {
    let store = try store()
    let (first, secrets) = try alex(store)
    let (second, _) = try alex(store, start + 10)
    #expect(store.list(now: start + 10).map(\.id) == [second.id, first.id])
    _ = store.find(cookie: secrets.cookie, now: start + 20)
    #expect(store.list(now: start + 20).map(\.id) == [first.id, second.id])
    #expect(store.list(now: start + 1010).map(\.id) == [first.id])
  }

  @Test func `many threads at once: what is acknowledged is there after a crash`() async throws {
    var wide = limits
    wide.perPrincipal = 1000
    wide.total = 1000
    let (limits, file, start) = (wide, file, start)
    func run() async throws -> [(cookie: String, isEnded: Bool)] {
      let store = try SessionStore(file: file, limits: limits, now: start)
      return try await withThrowingTaskGroup(of: [(cookie: String, isEnded: Bool)].self) { group in
        for thread in 0..<4 {
          group.addTask {
            try await onThread {
              try (0..<15).map { index in
                let opened = try store.open(.link(name: "alex"), owner: "\(thread)", now: start)
                var cookie = opened.secrets.cookie
                if index % 3 == 0, let secrets = try store.rotate(cookie: cookie, now: start) {
                  cookie = secrets.cookie
                }
                _ = store.find(cookie: cookie, now: start)
                if index % 2 == 0 { try store.end(ids: [opened.session.id], now: start) }
                return (cookie, index % 2 == 0)
              }
            }
          }
        }
        return try await group.reduce(into: []) { $0 += $1 }
      }
    }
    let done = try await run()
    // What the disk has at this moment, whoever still holds the store.
    let crashed = try TemporaryFolder()
    let left = try crashed.write(try text(), to: "sessions.jsonl", mode: 0o600)
    let again = try SessionStore(file: left, limits: limits, now: start)
    for (cookie, isEnded) in done {
      #expect(again.find(cookie: cookie, now: start).word == (isEnded ? "unknown" : "found"))
    }
    #expect(again.list(now: start).count == 28)
  }

  // MARK: The file

  @Test func `the file is for its owner alone and has no secret in it`() throws {
    let store = try store()
    let (_, first) = try alex(store)
    let second = try #require(try store.rotate(cookie: first.cookie, now: start))
    let attributes = try FileManager.default.attributesOfItem(atPath: file)
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    let kept = try text()
    for secret in [first.cookie, second.cookie, first.csrf] {
      #expect(!kept.contains(secret))
      #expect(!kept.contains(secret.prefix(20)))
      #expect(!kept.contains(secret.suffix(20)))
    }
    let bytes = try #require(Base64URL.decode(second.cookie.utf8))
    #expect(kept.contains(Base64URL.encode(Digest.sha256(bytes))))
    #expect(kept.contains(Base64URL.encode(Digest.sha256(Array(bytes[..<16])))))
  }

  @Test func `memory has no secret either: sessions are looked up by hashes`() throws {
    let cookie = SessionCookieValue()
    let bytes = try #require(Base64URL.decode(cookie.text.utf8))
    let table = HeldTable()
    table.open(SessionValues.record("a", cookie: cookie))
    #expect(table.show(cookie, 1) == "found")
    var texts: Set<String> = []
    func collect(_ value: Any) {
      if let list = value as? [UInt8] { texts.insert(Base64URL.encode(list)) }
      if let text = value as? String { texts.insert(text) }
      for child in Mirror(reflecting: value).children { collect(child.value) }
    }
    collect(table.table)
    #expect(texts.contains(Base64URL.encode(cookie.hash)))
    #expect(texts.contains(Base64URL.encode(cookie.nameHash)))
    for secret in [bytes, Array(bytes[..<16]), Array(bytes[16...])] {
      #expect(!texts.contains(Base64URL.encode(secret)))
    }
  }

  @Test func `a file that grows is written anew, and stays within bounds`() throws {
    let store = try store()
    var longest = 0
    var kept: [String] = []
    for index in 0..<60 {
      let opened = try store.open(
        .link(name: "alex"), owner: String(repeating: "x", count: 20_000), now: start + Int64(index))
      kept.append(opened.secrets.cookie)
      if index % 2 == 0 { try store.end(ids: [opened.session.id], now: start + Int64(index)) }
      longest = max(longest, try text().utf8.count)
    }
    #expect(longest < 400_000)
    #expect(longest > 200_000)
    try store.close()
    let again = try self.store(start + 60)
    #expect(again.list(now: start + 60).count == 3)
    #expect(kept.filter { again.find(cookie: $0, now: start + 60).session != nil } == [kept[55], kept[57], kept[59]])
  }

  @Test func `when the disk fails, nothing is opened, what is ended is over, and all is made good later`() throws {
    let store = try store()
    let (kept, keptSecrets) = try alex(store)
    let (ended, endedSecrets) = try alex(store)
    let moved = folder.path + "-moved"
    defer { try? FileManager.default.removeItem(atPath: moved) }
    // The file is due to be written anew, and cannot be.
    _ = try? store.open(.link(name: "zoe"), owner: String(repeating: "z", count: 200_000), now: start)
    try FileManager.default.moveItem(atPath: folder.path, toPath: moved)
    #expect(throws: FileError.self) {
      try store.open(.link(name: "zoe"), owner: String(repeating: "z", count: 200_000), now: start)
    }
    #expect(store.list(now: start).count == 3)
    #expect(throws: FileError.self) { try store.end(ids: [ended.id], now: start) }
    #expect(store.find(cookie: endedSecrets.cookie, now: start).word == "unknown")
    #expect(throws: FileError.self) { try store.tend(now: start) }
    try FileManager.default.moveItem(atPath: moved, toPath: folder.path)
    try store.tend(now: start)
    try store.close()
    let again = try self.store(start)
    #expect(again.list(now: start).count == 2)
    #expect(again.find(cookie: keptSecrets.cookie, now: start).session?.id == kept.id)
    #expect(again.find(cookie: endedSecrets.cookie, now: start).word == "unknown")
  }

  // MARK: What is not taken

  @Test func `a second store for the same folder is refused until the first is closed`() throws {
    let first = try store()
    #expect(throws: SessionFileError.taken(folder: folder.path)) { try store() }
    try first.close()
    #expect(throws: SessionFileError.closed) { try alex(first) }
    try store().close()
  }

  @Test func `another process that has the folder keeps this one out`() async throws {
    try store().close()
    let lock = Process()
    let (input, output) = (Pipe(), Pipe())
    lock.executableURL = URL(filePath: "/usr/bin/flock")
    lock.arguments = ["-x", folder.path, "sh", "-c", "echo held; read line"]
    lock.standardInput = input
    lock.standardOutput = output
    try lock.run()
    let said = try await onThread { try output.fileHandleForReading.read(upToCount: 5) }
    #expect(said == Data("held\n".utf8))
    #expect(throws: SessionFileError.taken(folder: folder.path)) { try store() }
    try input.fileHandleForWriting.close()
    await onThread { lock.waitUntilExit() }
    try store().close()
  }

  @Test func `the folder is made when it is not there, for its owner alone`() throws {
    let path = folder.path("state/sessions.jsonl")
    try SessionStore(file: path, limits: limits, now: start).close()
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.path("state"))
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o700)
  }

  @Test(
    arguments: [
      ("hello\n", 1), ("hello", 1), ("{}\n", 1), ("\n", 1), (#"{"signalbox":"audit","version":1}"# + "\n", 1),
      (#"{"signalbox":"sessions","version":2}"# + "\n", 1),
      (String(decoding: SessionLine.header, as: UTF8.self) + "\n\n", 2),
      (String(decoding: SessionLine.header, as: UTF8.self) + "\n{\"end\":\"a\"}\nxx\n{\"end\":\"a\"}\n", 3),
      (String(decoding: SessionLine.header, as: UTF8.self) + "\n{\"used\":\"a\",\"at\":1}\n", 2),
    ])
  func `a file that is something else is refused and left as it is`(content: String, line: Int) throws {
    try folder.write(content, to: "sessions.jsonl", mode: 0o600)
    let error = #expect(throws: SessionFileError.self) { try store() }
    #expect(error == .foreign(path: file, line: line))
    #expect("\(try #require(error))".contains("Line \(line) of \(file)"))
    #expect("\(try #require(error))".contains("move it away"))
    #expect(try text() == content)
  }

  @Test(arguments: [0o644, 0o660, 0o606])
  func `a file that others may read or change is refused`(mode: Int) throws {
    let content = String(decoding: SessionLine.header, as: UTF8.self) + "\n"
    try folder.write(content, to: "sessions.jsonl", mode: mode)
    let error = #expect(throws: SessionFileError.self) { try store() }
    #expect("\(try #require(error))".contains("chmod 600 \(file)"))
  }

  @Test func `neither a folder nor a link in the place of the file is followed`() throws {
    try FileManager.default.createDirectory(atPath: file, withIntermediateDirectories: false)
    #expect(throws: SessionFileError.foreign(path: file, line: 1)) { try store() }
    try FileManager.default.removeItem(atPath: file)
    try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: "/etc/passwd")
    #expect(throws: SessionFileError.foreign(path: file, line: 1)) { try store() }
  }
}
