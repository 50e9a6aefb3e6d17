import HTTP
import Synchronization
import TestSupport

@testable import Wire

/// Keeps what a handler sees of its WebSocket.
final class Witness: Sendable {
  struct Account: Equatable {
    var messages: [WebSocketMessage] = []
    /// What `receive` threw, if it did.
    var failure: WireError.Code?
    var end: WebSocketEnd?
    /// Whether a message could be sent when `receive` had said that there is nothing more.
    var sendFailure: WireError.Code?
  }

  private let account = Mutex(Account())
  private let isOver = Signal()

  /// A handler that reads to the end.
  func watch(_ socket: WebSocket) async {
    do {
      while let message = try await socket.receive() { account.withLock { $0.messages.append(message) } }
    } catch let error as WireError {
      account.withLock { $0.failure = error.code }
    } catch {
      // A task that was cancelled with its connection: there is no code for that.
    }
    await conclude(socket)
  }

  /// For handlers that read by themselves: keeps how it ended.
  func conclude(_ socket: WebSocket) async {
    var failure: WireError.Code?
    do {
      try await socket.send(.text("too late"))
    } catch {
      failure = (error as? WireError)?.code
    }
    let end = await socket.untilEnded()
    account.withLock {
      $0.sendFailure = failure
      $0.end = end
    }
    isOver.send()
  }

  func add(_ message: WebSocketMessage) {
    account.withLock { $0.messages.append(message) }
  }

  var messages: [WebSocketMessage] { account.withLock { $0.messages } }

  /// The whole account, nil when the handler does not come to an end.
  func testimony() async -> Account? {
    await isOver.wait() ? account.withLock { $0 } : nil
  }
}

extension Witness.Account {
  static func read(
    _ messages: [WebSocketMessage] = [], _ cause: WebSocketEnd.Cause, _ code: UInt16?, _ reason: String = ""
  ) -> Witness.Account {
    Witness.Account(
      messages: messages,
      end: WebSocketEnd(cause: cause, code: code.map(WebSocketCloseCode.init), reason: reason), sendFailure: .closed)
  }

  static func brokenOff(_ messages: [WebSocketMessage] = []) -> Witness.Account {
    Witness.Account(
      messages: messages, failure: .closed, end: WebSocketEnd(cause: .brokenOff, code: nil, reason: ""),
      sendFailure: .closed)
  }
}
