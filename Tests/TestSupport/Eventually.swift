/// Waits until `condition` holds. False when it does not within the limit.
package func eventually(
  within limit: Duration = .seconds(60), _ condition: () async throws -> Bool
) async rethrows -> Bool {
  let end = ContinuousClock.now + limit
  while try await !condition() {
    guard ContinuousClock.now < end else { return false }
    // Nothing tells of a change in the kernel's tables or in another actor: look again soon.
    try? await Task.sleep(for: .milliseconds(2))
  }
  return true
}
