/// What waits for one receiver, in order. A value; whoever owns it does the sending.
struct PushLane: Sendable {
  /// Tells this lane from an earlier one of the same receiver.
  let id: UInt64
  /// The first one is on its way, as long as the lane exists.
  private(set) var waiting: [PushNotification]
  private var bytes: Int
  var worker: Task<Void, Never>?

  init(id: UInt64, first: PushNotification) {
    self.id = id
    waiting = [first]
    bytes = first.body.count
  }

  /// Takes one more in. Where there are too many, the oldest that are not on their way go; gives how many went.
  mutating func add(_ notification: PushNotification, _ options: PushOptions) -> Int {
    waiting.append(notification)
    bytes += notification.body.count
    var dropped = 0
    while waiting.count > 2, waiting.count > options.waitingEvents || bytes > options.waitingBytes {
      bytes -= waiting.remove(at: 1).body.count
      dropped += 1
    }
    return dropped
  }

  /// The one on its way is done with. False when nothing else waits.
  mutating func removeFirst() -> Bool {
    bytes -= waiting.removeFirst().body.count
    return !waiting.isEmpty
  }
}
