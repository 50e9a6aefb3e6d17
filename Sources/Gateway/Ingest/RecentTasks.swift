/// What is known of tasks that were lately published to: a bounded number, of which those unused for the longest are forgotten.
struct RecentTasks<Value: Sendable>: Sendable {
  private let perGeneration: Int
  /// Those used since the last turn of generations, and those of before.
  private var young: [String: Value] = [:]
  private var old: [String: Value] = [:]

  init(limit: Int = 8192) {
    perGeneration = max(1, limit / 2)
  }

  var count: Int { young.count + old.count }

  subscript(task: String) -> Value? {
    mutating get {
      if let known = young[task] { return known }
      guard let known = old.removeValue(forKey: task) else { return nil }
      self[task] = known
      return known
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
