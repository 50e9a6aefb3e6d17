import Journal

/// How tasks were opened that were lately published to: a bounded number, of which those unused for the longest are forgotten.
struct KnownOpenings: Sendable {
  private let perGeneration: Int
  /// Those used since the last turn of generations, and those of before.
  private var young: [String: TaskOpening] = [:]
  private var old: [String: TaskOpening] = [:]

  init(limit: Int = 8192) {
    perGeneration = max(1, limit / 2)
  }

  var count: Int { young.count + old.count }

  subscript(task: String) -> TaskOpening? {
    mutating get {
      if let opening = young[task] { return opening }
      guard let opening = old.removeValue(forKey: task) else { return nil }
      self[task] = opening
      return opening
    }
    set {
      old[task] = nil
      if young.count >= perGeneration, young[task] == nil {
        old = young
        young = [:]
      }
      young[task] = newValue
    }
  }
}
