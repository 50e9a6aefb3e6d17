import HTTP
import Journal
import Wire

/// The stream on its server, as one gateway sees it: two connections, of which one waits.
struct StreamServer: Sendable {
  let configuration: StreamIngestConfiguration
  /// Names this gateway, and this life of it.
  let me: String
  private let asks: RedisSession
  private let waits: RedisSession

  /// What the server said, or why it said nothing.
  enum Trouble: Error, Equatable {
    case lost(String)
    /// It is there, and does not let us in, or is not whom we look for: sentences with the settings that are meant.
    case closed(String)
    /// An error of the server, in its own words.
    case refused(String)
    /// Another gateway reads, or might have meanwhile.
    case other
  }

  struct Hold: Sendable {
    let isMine: Bool
    /// It was taken anew, so whatever was done before with it is done again.
    let isFresh: Bool
    /// Milliseconds.
    let left: Int64
    let lag: Int64?
    let pending: Int64
    let refused: Int64
    /// Set where whoever read before has written into another journal.
    let journalBefore: String?
  }

  struct Entries: Sendable {
    let entries: [RawStreamEntry]
    /// How many the stream had let go of.
    let missed: Int64
    /// Where to go on from, or the last that was given.
    let place: String
  }

  static let pageLimit = 100
  /// So many entries that were refused are kept, about.
  static let refusedLimit = 100_000
  private static let waitMilliseconds = 2000

  static func connect(
    _ configuration: StreamIngestConfiguration, _ options: RedisJournalOptions, as me: String, on loop: Loop
  ) async throws(Trouble) -> StreamServer {
    do throws(RedisSession.Lost) {
      let asks = try await RedisSession.open(options, on: loop)
      do throws(RedisSession.Lost) {
        let waits = try await RedisSession.open(options, on: loop, waiting: .milliseconds(waitMilliseconds))
        return StreamServer(configuration: configuration, me: me, asks: asks, waits: waits)
      } catch {
        await asks.close()
        throw error
      }
    } catch {
      throw Trouble(error)
    }
  }

  private init(
    configuration: StreamIngestConfiguration, me: String, asks: RedisSession, waits: RedisSession
  ) {
    (self.configuration, self.me, self.asks, self.waits) = (configuration, me, asks, waits)
  }

  /// Whoever waits for news is told that there are none.
  func stopWaiting() async {
    await waits.close()
  }

  func close() async {
    await waits.close()
    await asks.close()
  }

  // MARK: Asking

  /// - Parameter journal: the epoch of the journal that it is written into.
  func hold(for journal: String) async throws(Trouble) -> Hold {
    let parts = try await run(
      StreamScripts.hold, RedisArguments("\(configuration.lease.inMilliseconds)", journal)
    ).elements
    guard parts.count == 7, let word = parts[0].string, let fresh = parts[1].number, let left = parts[2].number,
      let lag = parts[3].number, let pending = parts[4].number, let refused = parts[5].number,
      let before = parts[6].string
    else { throw .refused("an answer that is none") }
    return Hold(
      isMine: word == "mine", isFresh: fresh == 1, left: left, lag: lag < 0 ? nil : lag, pending: pending,
      refused: refused, journalBefore: before.isEmpty ? nil : before)
  }

  func claim(from place: String) async throws(Trouble) -> Entries {
    let parts = try await own(
      StreamScripts.claim, RedisArguments(place, "\(Self.pageLimit)", "\(RawStreamEntry.fieldLimit)"))
    guard parts.count == 4, let next = parts[1].string else { throw .refused("an answer that is none") }
    return Entries(
      entries: parts[2].elements.compactMap(RawStreamEntry.init), missed: parts[3].number ?? 0, place: next)
  }

  func read() async throws(Trouble) -> Entries {
    let parts = try await own(
      StreamScripts.read, RedisArguments("\(Self.pageLimit)", "\(RawStreamEntry.fieldLimit)"))
    guard parts.count == 4, let last = parts[3].string else { throw .refused("an answer that is none") }
    return Entries(
      entries: parts[1].elements.compactMap(RawStreamEntry.init), missed: parts[2].number ?? 0, place: last)
  }

  func settle(_ done: [String], refused: [(id: String, refusal: Refusal)]) async throws(Trouble) {
    var words = RedisArguments("\(Self.refusedLimit)", "\(done.count)")
    for id in done { words.append(id) }
    for (id, refusal) in refused {
      words.append(id)
      words.append(refusal.word)
      words.append(refusal.detail)
    }
    _ = try await own(StreamScripts.settle, words)
  }

  func release() async throws(Trouble) {
    _ = try await run(StreamScripts.release, RedisArguments())
  }

  /// Returns when there may be something behind that entry, or after a while.
  func wait(behind id: String) async throws(Trouble) {
    let command = RedisArguments(
      "XREAD", "COUNT", "1", "BLOCK", "\(Self.waitMilliseconds)", "STREAMS", configuration.stream, id)
    _ = try await reply(to: command, over: waits)
  }

  private func own(_ script: String, _ arguments: RedisArguments) async throws(Trouble) -> [RedisReply] {
    let parts = try await run(script, arguments).elements
    guard parts.first?.string != "other" else { throw .other }
    return parts
  }

  private func run(_ script: String, _ arguments: RedisArguments) async throws(Trouble) -> RedisReply {
    var words = RedisArguments(
      "EVAL", script, "4", configuration.stream, configuration.leaseKey, configuration.refusedStream,
      configuration.journalKey, configuration.group, me)
    words.append(contentsOf: arguments)
    return try await reply(to: words, over: asks)
  }

  private func reply(to command: RedisArguments, over session: RedisSession) async throws(Trouble) -> RedisReply {
    let reply: RedisReply
    do throws(RedisSession.Lost) {
      reply = try await session.call(command)
    } catch {
      throw Trouble(error)
    }
    guard case .error(let text) = reply else { return reply }
    throw .refused(text)
  }
}

extension StreamServer.Trouble {
  fileprivate init(_ lost: RedisSession.Lost) {
    self = lost.needsSomebody ? .closed(lost.description) : .lost(lost.description)
  }
}
