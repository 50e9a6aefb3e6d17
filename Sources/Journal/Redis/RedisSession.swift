import Telemetry
package import Wire

/// A connection to a Redis server for whoever asks it something else than for the journal: commands out, replies in, in the same order, on the
/// loop that it was opened on. Any thread.
package struct RedisSession: Sendable {
  private let link: RedisLink

  /// There is no connection, or none any more: a clause that says why.
  package struct Lost: Error, CustomStringConvertible {
    package let description: String

    init(_ trouble: RedisTrouble) {
      switch trouble {
      case .away(let why): description = why
      case .refused(let error): description = error.description
      }
    }

    init(_ description: String) { self.description = description }
  }

  private static let connectLimit: Duration = .seconds(5)

  /// Connects, and says who we are.
  /// - Parameter patience: how long replies may take beyond what is usual, for commands that wait.
  package static func open(
    _ options: RedisJournalOptions, on loop: Loop, waiting patience: Duration = .zero
  ) async throws(Lost) -> RedisSession {
    let server = options.server.description
    let link = RedisLink(on: loop, to: server, silence: options.silence + patience) { _ in }
    do throws(RedisTrouble) {
      try await link.open(options.target, within: Self.connectLimit)
    } catch {
      await link.close()
      throw Lost(error)
    }
    let session = RedisSession(link: link)
    do throws(Lost) {
      try await session.introduce(options, to: server)
    } catch {
      await session.close()
      throw error
    }
    return session
  }

  private func introduce(_ options: RedisJournalOptions, to server: String) async throws(Lost) {
    if let password = options.password {
      var words = RedisArguments("AUTH")
      if let user = options.user { words.append(user) }
      words.append(password.reveal())
      if case .error(let text) = try await call(words) {
        throw Lost("\(server) does not let us in: \(text). Check the user and the password")
      }
    }
    // A name for who looks at the server's list. Not all users may give one.
    _ = try await call(RedisArguments("CLIENT", "SETNAME", "signalbox-ingest"))
  }

  /// The server's answer, which may be an error.
  package func call(_ command: RedisArguments) async throws(Lost) -> RedisReply {
    do throws(RedisTrouble) {
      return try await link.call(command).get()
    } catch {
      throw Lost(error)
    }
  }

  /// Whoever waits for an answer is told that there is none.
  package func close() async {
    await link.close()
  }
}
