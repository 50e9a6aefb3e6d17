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
  }

  /// Connects, and says who we are.
  /// - Parameter patience: how long replies may take beyond what is usual, for commands that wait.
  package static func open(
    _ options: RedisJournalOptions, on loop: Loop, waiting patience: Duration = .zero
  ) async throws(Lost) -> RedisSession {
    let dial = RedisDial(options: options, loop: loop)
    do throws(RedisTrouble) {
      let link = try await dial.link(as: "signalbox-ingest", waiting: patience, ended: { _ in }) { text in
        .away("\(dial.server) does not let us in: \(text). Check the user and the password")
      }
      return RedisSession(link: link)
    } catch {
      throw Lost(error)
    }
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
