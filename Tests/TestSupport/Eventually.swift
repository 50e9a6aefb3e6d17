/// Waits until `condition` holds. False when it does not within the limit.
package func eventually(
  within limit: Duration = .seconds(60), _ condition: () async throws -> Bool
) async rethrows -> Bool {
  let end = ContinuousClock.now + limit
  var pause = Duration.milliseconds(2)
  while try await !condition() {
    guard ContinuousClock.now < end else { return false }
    // Nothing tells of a change in the kernel's tables or in another actor: look again soon, and not so often that those who are
    // waited for have no time.
    try? await Task.sleep(for: pause)
    pause = min(pause * 2, .milliseconds(20))
  }
  return true
}
