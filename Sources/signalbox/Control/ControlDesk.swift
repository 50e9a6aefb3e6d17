import HTTP
import JSON
import Wire

/// Where all that happens to one command comes together: its loop takes one input after the other, and everything else is a value.
struct ControlDesk: Sendable {
  let client: GatewayClient
  let inputs: AsyncStream<DeskInput>
  let put: AsyncStream<DeskInput>.Continuation

  init(_ client: GatewayClient) {
    self.client = client
    (inputs, put) = AsyncStream.makeStream()
  }

  /// One connection from its beginning to its end; the last thing it puts is its loss.
  func connect() -> Task<Void, Never> {
    Task {
      do {
        let socket = try await client.webSocket()
        put.yield(.opened(socket))
        put.yield(.lost(await receive(socket)))
      } catch let error as ClientError {
        put.yield(.lost(ControlLoss(error)))
      } catch let refusal as GatewayRefusal {
        put.yield(.lost(.refused(refusal)))
      } catch let failure as CommandFailure {
        put.yield(.lost(.broken(failure.messages.joined(separator: " "))))
      } catch {
        put.yield(.lost(.broken("\(error)")))
      }
    }
  }

  private func receive(_ socket: WebSocket) async -> ControlLoss {
    do {
      while let message = try await socket.receive() {
        guard case .text(let text) = message else {
          await socket.close(.unacceptableData)
          return .broken("The gateway sent bytes where signalbox.v1 has text; it speaks something else.")
        }
        put.yield(.message(text))
      }
      return ControlLoss(await socket.untilEnded(), nil)
    } catch {
      // Broken off, or nobody wants it any more.
      return ControlLoss(await socket.close(.goingAway), error as? WireError)
    }
  }

  /// Puts an input when the time has come, unless the task is cancelled first.
  func later(_ input: DeskInput, after duration: Duration) -> Task<Void, Never> {
    Task {
      guard (try? await Task.sleep(for: duration)) != nil else { return }
      put.yield(input)
    }
  }

  func fetch(_ what: DeskInput.Fetched, _ path: String) -> Task<Void, Never> {
    Task {
      do {
        put.yield(.fetched(what, try await client.get(path)))
      } catch let refusal as GatewayRefusal {
        put.yield(.unfetched(what, refusal.sentence))
      } catch let failure as CommandFailure {
        put.yield(.unfetched(what, failure.messages.joined(separator: " ")))
      } catch {
        put.yield(.unfetched(what, "\(error)"))
      }
    }
  }
}
