import HTTP
import JSON
import TestSupport

/// A client of `/ws`: what it was told, message after message, with the records checked for their order.
///
/// `@unchecked`: each step runs on a thread of its own, and is waited for before the next one begins.
final class SocketReader: @unchecked Sendable {
  private let peer: WebSocketPeer
  /// Everything so far, arrays taken apart.
  private(set) var messages: [JSONValue] = []
  private var counts: [String: Int] = [:]
  private(set) var checker: SocketChecker
  private(set) var close: ReceivedClose?
  private(set) var problem: WebSocketPeer.Problem?

  init(_ peer: WebSocketPeer, checking checker: SocketChecker = SocketChecker()) {
    (self.peer, self.checker) = (peer, checker)
  }

  func send(_ texts: String...) async throws {
    try await onThread { [self] in
      for text in texts { try peer.send(text) }
    }
  }

  func send(_ frame: WebSocketFrame) async throws {
    try await onThread { [self] in try peer.send(frame) }
  }

  /// Reads until what was heard is enough. False when the socket has ended before.
  func read(until isEnough: @escaping @Sendable (SocketReader) -> Bool) async -> Bool {
    await onThread { [self] in
      while !isEnough(self) {
        guard readOne() else { return isEnough(self) }
      }
      return true
    }
  }

  private func readOne() -> Bool {
    guard close == nil, problem == nil else { return false }
    do {
      guard case .text(let text) = try peer.receiveMessage() else { return false }
      let value = try JSONValue(parsing: text)
      for message in value.kind == .array ? Array(value.elements) : [value] {
        messages.append(message)
        counts[message["type"]?.string ?? "", default: 0] += 1
        checker.take(message)
      }
      return true
    } catch WebSocketPeer.Problem.closed(let received) {
      close = received
      // As RFC 6455 asks; the other side may have gone already.
      try? peer.send(received.code.map { .close($0) } ?? WebSocketFrame(.close))
    } catch let fault as WebSocketPeer.Problem {
      problem = fault
    } catch {
      problem = .badHandshake("\(error)")
    }
    return false
  }

  /// The answer to the message of this id, `ack` or `nack`.
  func answer(to id: String?) async -> JSONValue? {
    _ = await read { $0.heardAnswer(to: id) != nil }
    return heardAnswer(to: id)
  }

  private func heardAnswer(to id: String?) -> JSONValue? {
    messages.first { ["ack", "nack"].contains($0["type"]?.string) && $0["id"]?.string == id }
  }

  /// Sends it, and gives its answer.
  func ask(_ text: String) async throws -> JSONValue? {
    try await send(text)
    return await answer(to: (try? JSONValue(parsing: text))?["id"]?.string)
  }

  /// The first message of this type, waited for.
  func first(_ type: String, where fits: @escaping @Sendable (JSONValue) -> Bool = { _ in true }) async -> JSONValue? {
    _ = await read { $0.heard(type).contains(where: fits) }
    return heard(type).first(where: fits)
  }

  /// How many messages of this type have come: quick, however many.
  func count(_ type: String) -> Int { counts[type] ?? 0 }

  func heard(_ type: String) -> [JSONValue] { messages.filter { $0["type"]?.string == type } }

  var types: [String] { messages.compactMap { $0["type"]?.string } }

  func read(records count: Int) async -> Bool { await read { $0.checker.recordCount >= count } }

  /// Reads to the end; gives the close code, and the reason of the last `bye`.
  func finish() async -> (code: UInt16?, bye: String?) {
    _ = await read { $0.close != nil }
    return (close?.code, heard("bye").last?["reason"]?.string)
  }

  func disconnect() { peer.client.disconnect() }
}

/// Holds every record on a socket against what was promised: none twice, none missing, each under its own cursor.
struct SocketChecker: Sendable {
  private(set) var faults: [StreamFault] = []
  private(set) var seqs: [String: Int64] = [:]
  private(set) var recordCount = 0
  /// Of the last record.
  private(set) var cursor: String?
  private let tasks: Set<String>?
  /// Tasks that are heard of from some place on.
  private var mayBeginAnywhere: Set<String> = []

  /// - Parameter tasks: whose records may come; nil for all.
  init(of tasks: Set<String>? = nil) {
    self.tasks = tasks
  }

  /// What was heard of a task elsewhere.
  mutating func allowBeginning(of task: String) {
    mayBeginAnywhere.insert(task)
  }

  mutating func take(_ message: JSONValue) {
    switch message["type"]?.string {
    case "event": takeRecord(message)
    case "snapshot", "reset":
      for task in message["tasks"].map({ Array($0.elements) }) ?? [] {
        if let id = task["id"]?.string, let seq = task["lastSeq"]?.int { seqs[id] = seq }
      }
    default: break
    }
  }

  private mutating func takeRecord(_ message: JSONValue) {
    guard let bytes = message["record"]?.bytes, let record = StreamedRecord(Array(bytes)),
      let cursor = message["cursor"]?.string
    else { return faults.append(.unreadable("event")) }
    recordCount += 1
    if cursor.split(separator: ".").last.flatMap({ Int64($0) }) != record.offset {
      faults.append(.wrongID(cursor, offset: record.offset))
    }
    self.cursor = cursor
    if let tasks, !tasks.contains(record.task) { faults.append(.foreign(task: record.task, seq: record.seq)) }
    let due = (seqs[record.task] ?? 0) + 1
    if record.seq < due {
      faults.append(.repeated(task: record.task, seq: record.seq))
    } else if record.seq > due, !(seqs[record.task] == nil && mayBeginAnywhere.contains(record.task)) {
      faults.append(.gap(task: record.task, expected: due, got: record.seq))
    }
    seqs[record.task] = max(record.seq, seqs[record.task] ?? 0)
  }
}
