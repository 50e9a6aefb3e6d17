import Synchronization
import TestSupport

/// A second client that asks for a page every few milliseconds while a test is busy with a difficult one.
struct Bystander: Sendable {
  let latencies: [Duration]

  var median: Duration { latencies.sorted()[latencies.count / 2] }
  var worst: Duration { latencies.max() ?? .zero }

  fileprivate final class Signal: Sendable {
    let isServed = Atomic(false)
    let isOver = Atomic(false)
  }
}

extension TestServer {
  /// Runs `body` beside a bystander. Throws when the bystander is not served even once.
  func besideBystander<Value>(_ body: () async throws -> Value) async throws -> (value: Value, bystander: Bystander) {
    let signal = Bystander.Signal()
    async let latencies = client { client in
      var latencies: [Duration] = []
      let clock = ContinuousClock()
      repeat {
        let start = clock.now
        guard try client.get("/")?.status == 200 else {
          throw TLSClient.Failure(description: "the bystander was not served after \(latencies.count) requests")
        }
        latencies.append(clock.now - start)
        signal.isServed.store(true, ordering: .relaxed)
        // Nothing is to come: a pause that ends at once if the server hangs up.
        _ = Readiness.wait(client.descriptor, for: .readable, atMost: .milliseconds(5))
      } while !signal.isOver.load(ordering: .relaxed)
      return latencies
    }
    _ = await eventually { signal.isServed.load(ordering: .relaxed) }
    let outcome: Result<Value, any Error>
    do {
      outcome = .success(try await body())
    } catch {
      outcome = .failure(error)
    }
    signal.isOver.store(true, ordering: .relaxed)
    return (try outcome.get(), Bystander(latencies: try await latencies))
  }
}
