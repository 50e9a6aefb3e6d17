import Foundation
import Synchronization

/// Runs the work on threads of its own, which all begin at one moment, and returns when they are done; five times,
/// since now and then a machine with few processors runs the threads one after another all the same.
///
/// Tasks would not do: while other tests keep the cooperative pool busy, its threads run one task after another, and
/// a counter that loses additions passes.
func inParallel(threads count: Int = 4, rounds: Int = 5, _ work: @escaping @Sendable (Int) -> Void) {
  for _ in 0..<rounds {
    let gate = Gate()
    let done = DispatchGroup()
    for index in 0..<count {
      done.enter()
      Thread {
        gate.waiting.add(1, ordering: .sequentiallyConsistent)
        while gate.waiting.load(ordering: .sequentiallyConsistent) < count { _ = sched_yield() }
        work(index)
        done.leave()
      }.start()
    }
    done.wait()
  }
}

private final class Gate: Sendable {
  let waiting = Atomic<Int>(0)
}
