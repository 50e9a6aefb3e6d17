import TestSupport

/// Bounds how many servers run at once: tests that measure time must not measure each other. Not to be taken twice by one test.
actor Places {
  static let servers = Places(count: 6)

  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  private init(count: Int) {
    free = count
  }

  nonisolated func holding<Value>(_ body: () async throws -> Value) async throws -> Value {
    await take()
    do {
      let value = try await body()
      await give()
      return value
    } catch {
      await give()
      throw error
    }
  }

  private func take() async {
    if free > 0 {
      free -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  private func give() {
    if waiting.isEmpty {
      free += 1
    } else {
      waiting.removeFirst().resume()
    }
  }
}
