import Wire

extension ClientResponseBody {
  /// Reads, and closes the body when that takes too long: a few bytes now and then keep every other deadline away.
  func reading<Value>(within limit: Duration?, _ read: () async throws -> Value) async throws -> Value {
    guard let limit else { return try await read() }
    let patience = Task {
      try await Task.sleep(for: limit)
      await close(because: .timedOut(.total, after: limit))
    }
    defer { patience.cancel() }
    return try await read()
  }
}
