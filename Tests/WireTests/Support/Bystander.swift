import Synchronization
import TestSupport

/// A second client that asks for a page every few milliseconds while a test is busy with a difficult one.
struct Bystander: Sendable {
  let answers: Int

  fileprivate final class Signal: Sendable {
    let isServed = Atomic(false)
    let isOver = Atomic(false)
  }
}

extension TestServer {
  /// Runs `body` beside a bystander. Throws when the bystander is not served even once.
  func besideBystander<Value>(_ body: () async throws -> Value) async throws -> (value: Value, bystander: Bystander) {
    let signal = Bystander.Signal()
    async let answers = client { client in
      var answers = 0
      repeat {
        guard try client.get("/")?.status == 200 else {
          throw TLSClient.Failure(description: "the bystander was not served after \(answers) requests")
        }
        answers += 1
        signal.isServed.store(true, ordering: .relaxed)
        // Nothing is to come: a pause that ends at once if the server hangs up.
        _ = Readiness.wait(client.descriptor, for: .readable, atMost: .milliseconds(5))
      } while !signal.isOver.load(ordering: .relaxed)
      return answers
    }
    _ = await eventually { signal.isServed.load(ordering: .relaxed) }
    let outcome: Result<Value, any Error>
    do {
      outcome = .success(try await body())
    } catch {
      outcome = .failure(error)
    }
    signal.isOver.store(true, ordering: .relaxed)
    return (try outcome.get(), Bystander(answers: try await answers))
  }
}
