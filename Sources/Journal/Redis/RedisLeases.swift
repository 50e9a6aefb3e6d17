/// Leases as keys that end by themselves on the server, and an inbox for each.
struct RedisLeases: RunLeases {
  let client: RedisClient
  let inbox: RedisInbox

  func take(_ lease: Fence, insteadOf old: Fence?, for time: Duration) async throws(JournalError) {
    _ = try await ask("take", lease, insteadOf: old, for: time)
    // Whoever waits at the old one's inbox waits in vain.
    if old != nil { await inbox.leave() }
  }

  func renew(_ lease: Fence, for time: Duration) async throws(JournalError) -> Bool {
    try await ask("renew", lease, for: time) == 1
  }

  func release(_ lease: Fence) async throws(JournalError) {
    _ = try await ask("release", lease)
    await inbox.leave()
  }

  private func ask(
    _ act: String, _ lease: Fence, insteadOf old: Fence? = nil, for time: Duration = .zero
  ) async throws(JournalError) -> Int64? {
    var words = RedisArguments(act, lease.lease)
    words.append(optional: old?.lease)
    words.append(Int(time / .milliseconds(1)))
    return try await client.ask(.script(.lease, words)).number
  }

  func takeOver(for lease: Fence, limit: Int) async throws(JournalError) -> [String]? {
    var words = RedisArguments(lease.lease)
    words.append(limit)
    guard case .array(let tasks) = try await client.ask(.script(.takeOver, words)) else { return nil }
    return tasks.compactMap(\.string)
  }

  func runs(of lease: Fence) async throws(JournalError) -> [String] {
    let words = RedisArguments("ZRANGE", client.keys + "runs:\(lease)", "0", "-1")
    return try await client.ask(.plain(words)).elements.compactMap(\.string)
  }

  func alive() async throws(JournalError) -> Set<Fence> {
    let found = try await client.ask(.script(.lease, RedisArguments("alive", "", "", ""))).elements
    return Set(found.compactMap(\.string).map { Fence(lease: $0) })
  }

  func replace(_ old: Memo, by new: [UInt8]?, of task: String) async throws(JournalError) -> Bool {
    var words = RedisArguments(task, old.name)
    words.append(optional: old.body)
    words.append(optional: new)
    return try await client.ask(.script(.replace, words)).number == 1
  }

  func send(_ letter: [UInt8], toOwnerOf task: String) async throws(JournalError) -> Posted {
    try await post(letter, task: task, lease: "")
  }

  func send(_ letter: [UInt8], to lease: Fence) async throws(JournalError) -> Posted {
    try await post(letter, task: nil, lease: lease.lease)
  }

  private func post(_ letter: [UInt8], task: String?, lease: String) async throws(JournalError) -> Posted {
    var words = RedisArguments()
    words.append(optional: task)
    words.append(lease)
    words.append(letter)
    let reply = try await client.ask(.script(.letter, words)).elements
    switch (reply.first?.string, reply.dropFirst().first?.string) {
    case ("sent"?, let lease?): return .sent(to: Fence(lease: lease))
    case ("none"?, _): return .noSuchTask
    case ("ended"?, _): return .taskEnded
    case ("nobody"?, _): return .nobodys
    case ("free"?, _): return .free
    case ("full"?, _): return .full
    default: throw JournalError(.corrupt, "The journal does not say what became of a letter to another gateway.")
    }
  }

  func letters(for lease: Fence) async throws(JournalError) -> [[UInt8]] {
    try await inbox.letters(for: lease)
  }
}
