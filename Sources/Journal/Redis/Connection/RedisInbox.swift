import Wire

/// Waits at the inbox of a lease, on a connection of its own: one that waits can do nothing else.
///
/// A letter that was taken from the server and got lost with the connection is gone. Whoever has sent it sends it again.
actor RedisInbox: LoopActor {
  /// How long the server may let us wait before it says that there is nothing.
  private static let wait: Duration = .seconds(5)
  /// Of those that have gathered.
  private static let lettersAtOnce = 200

  nonisolated let loop: Loop
  private let dial: RedisDial
  private var link: RedisLink?
  private var isClosed = false
  /// Counts how often somebody did not want to wait any longer.
  private var leavings = 0

  init(_ dial: RedisDial) {
    loop = dial.loop
    self.dial = dial
  }

  func letters(for lease: Fence) async throws(JournalError) -> [[UInt8]] {
    let leavings = leavings
    do throws(RedisTrouble) {
      let link = try await connected()
      guard leavings == self.leavings else { return [] }
      let key = dial.options.keys + "inbox:\(lease)"
      var words = RedisArguments("BLPOP", key)
      words.append(Int(Self.wait / .seconds(1)))
      let first = try await dial.ask(link, words).elements
      guard first.count == 2, let letter = first[1].content else { return [] }
      var rest = RedisArguments("LPOP", key)
      rest.append(Self.lettersAtOnce)
      let others = try await dial.ask(link, rest).elements
      return [letter] + others.compactMap(\.content)
    } catch {
      await link?.close()
      link = nil
      if isClosed { throw JournalError.isClosed }
      if leavings != self.leavings { return [] }
      switch error {
      case .away(let why): throw JournalError(.unreachable, "Orders of other gateways are not heard: \(why).")
      case .refused(let error): throw error
      }
    }
  }

  private func connected() async throws(RedisTrouble) -> RedisLink {
    if isClosed { throw .away("the journal has been closed") }
    if let link { return link }
    let link = try await dial.link(waiting: Self.wait) { _ in }
    guard !isClosed else {
      await link.close()
      throw .away("the journal has been closed")
    }
    self.link = link
    return link
  }

  /// Whoever waits is answered now.
  func leave() async {
    leavings += 1
    await link?.close()
    link = nil
  }

  func close() async {
    isClosed = true
    await leave()
  }
}
