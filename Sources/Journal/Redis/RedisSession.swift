import Telemetry
package import Wire

/// A connection to a Redis server for whoever asks it something else than for the journal: commands out, replies in, in the same order, on the
/// loop that it was opened on. Any thread.
package struct RedisSession: Sendable {
  private let link: RedisLink

  /// There is no connection, or none any more.
  package struct Lost: Error, CustomStringConvertible {
    /// A clause that says why; a sentence, or two, where somebody has to do something.
    package let description: String
    /// It does not heal by itself: the server, and what the settings say, do not fit.
    package let needsSomebody: Bool

    init(_ trouble: RedisTrouble) {
      switch trouble {
      case .away(let why): (description, needsSomebody) = (why, false)
      case .refused(let error): (description, needsSomebody) = (error.description, true)
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
      return RedisSession(link: try await dial.link(as: "signalbox-ingest", waiting: patience) { _ in })
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
