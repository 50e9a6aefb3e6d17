import TestSupport
import Testing

@testable import Gateway

/// What the scripts say where the rest of a gateway would have to be stopped in between.
@Suite struct StreamScriptTests {
  @Test func `entries that are missing are counted once, also where more go before the end is reached`() async throws {
    let redis = try RedisProcess(RedisProcess.forgetful)
    try await redis.start()
    /// How many are missing, as a page of two tells.
    func missed() async throws -> String {
      let answer = try await redis.command(
        "EVAL", StreamScripts.read, "4", "s", "lease", "refused", "journal", "group", "me", "2", "100")
      // `some`, the entries, this, and the last id.
      return answer.split(separator: "\n").suffix(2).first.map(String.init) ?? answer
    }
    try await redis.command("SET", "lease", "me")
    for number in 1...10 { try await redis.command("XADD", "s", "\(number)-0", "task", "t") }
    try await redis.command("XGROUP", "CREATE", "s", "group", "0")
    #expect(try await missed() == "0")
    try await redis.command("XTRIM", "s", "MAXLEN", "7")
    #expect(try await missed() == "1", "The third.")
    try await redis.command("XTRIM", "s", "MAXLEN", "3")
    #expect(try await missed() == "2", "The sixth and the seventh.")
    #expect(try await missed() == "0")
    // And where there is nothing left of which one could tell how many there were.
    for length in [2, 3] {
      for number in 1...length { try await redis.command("XADD", "s", "1\(length)\(number)-0", "task", "t") }
      try await redis.command("XTRIM", "s", "MAXLEN", "0")
      #expect(try await missed() == "\(length)")
    }
    await redis.kill()
  }
}
