import Telemetry
import Wire

/// From an address to a connection that may be used. On the loop's thread.
struct RedisDial: Sendable {
  private static let connectLimit: Duration = .seconds(5)

  let options: RedisJournalOptions
  let loop: Loop

  var server: String { options.server.description }

  /// - Parameters:
  ///   - name: for who looks at the server's list.
  ///   - patience: how long replies may take beyond what is usual, for commands that wait.
  func link(
    as name: String = "signalbox", waiting patience: Duration = .zero, ended: @escaping @Sendable (RedisTrouble) -> Void
  ) async throws(RedisTrouble) -> RedisLink {
    let link = RedisLink(
      on: loop, to: server, by: options.settings, silence: options.silence + patience, ended: ended)
    do throws(RedisTrouble) {
      try await link.open(options.target, within: Self.connectLimit)
      if let password = options.password {
        var words = RedisArguments("AUTH")
        if let user = options.user { words.append(user) }
        words.append(password.reveal())
        _ = try await ask(link, words)
      }
      // Not all users may give one.
      _ = try await reply(link, RedisArguments("CLIENT", "SETNAME", name))
    } catch {
      await link.close()
      throw error
    }
    return link
  }

  /// What the server says of itself. Throws with what is wrong.
  func facts(_ link: RedisLink) async throws(RedisTrouble) -> ServerFacts {
    let info = try await ask(link, RedisArguments("INFO"))
    let sync = try await reply(link, RedisArguments("CONFIG", "GET", "appendfsync"))
    let facts = ServerFacts(info: info.string ?? "", sync: sync.elements.last?.string)
    if facts.isLoading { throw .away("\(server) is still reading its data") }
    if let objection = facts.objection(to: server) { throw .refused(objection) }
    return facts
  }

  /// The names under which the server keeps the scripts.
  func load(_ link: RedisLink) async throws(RedisTrouble) -> [RedisScript: String] {
    var names: [RedisScript: String] = [:]
    for script in RedisScript.allCases {
      guard let name = try await ask(link, RedisArguments("SCRIPT", "LOAD", script.text)).string else {
        throw .away("\(server) does not say under which name it keeps a script")
      }
      names[script] = name
    }
    return names
  }

  /// An answer that is no error.
  func ask(_ link: RedisLink, _ command: RedisArguments) async throws(RedisTrouble) -> RedisReply {
    let reply = try await reply(link, command)
    guard case .error(let text) = reply else { return reply }
    switch fault(text) {
    case .stale: throw .away("\(server) is not ready: \(text)")
    case .error(let error): throw .refused(error)
    }
  }

  /// What an error of the server means.
  func fault(_ text: String) -> RedisFault { RedisFault(text, of: server, by: options.settings) }

  func reply(_ link: RedisLink, _ command: RedisArguments) async throws(RedisTrouble) -> RedisReply {
    try await link.call(command).get()
  }
}
