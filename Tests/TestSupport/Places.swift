/// So many at a time; the others wait, first come first served.
package actor Places {
  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  package init(_ count: Int) { free = count }

  package func take() async {
    if free > 0 {
      free -= 1
    } else {
      // By way of `self`: a closure that does not name it would not run on this actor (docs/decisions/0010).
      await withCheckedContinuation { self.waiting.append($0) }
    }
  }

  package func give() {
    if waiting.isEmpty {
      free += 1
    } else {
      waiting.removeFirst().resume()
    }
  }
}
