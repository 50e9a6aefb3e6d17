/// A connection on its way: addresses being tried, then one of them being shaken hands with. Belongs to the connection's actor.
final class ClientOpening {
  var race = AddressRace([])
  var pending: [SocketAddress: PendingConnection] = [:]
  var chosen: SocketAddress?
  /// Due when the next address is to be begun.
  let headStart: LoopTimer
  private var opener: CheckedContinuation<Void, any Error>?

  init(opener: CheckedContinuation<Void, any Error>, headStart: LoopTimer) {
    self.opener = opener
    self.headStart = headStart
  }

  func succeed() {
    opener?.resume()
    end()
  }

  func fail(_ error: any Error) {
    opener?.resume(throwing: error)
    end()
  }

  /// Gives up the attempts that are left.
  func giveUpRest() {
    for attempt in pending.values { attempt.giveUp() }
    pending = [:]
    headStart.cancel()
  }

  private func end() {
    opener = nil
    giveUpRest()
    headStart.stop()
  }
}
