import A2A

extension TaskStore {
  /// Takes no new tasks from now on, gives those under way `grace` to end, and fails the rest. Every stream has its
  /// last event then.
  package func stop(grace: Duration) async {
    isStopping = true
    if !unended.isEmpty, grace > .zero {
      let timer = after(grace) { store in await store.stopWaiting() }
      await withCheckedContinuation { stopWaiters.append($0) }
      timer.cancel()
    }
    for entry in unended.sorted(by: { $0.record.number < $1.record.number }) {
      change(
        entry, to: .failed, saying: "The agent is stopping, and the task was not finished. Send it again later.",
        isSaid: true)
    }
    // They have answered, and what they still do is for nobody.
    for entry in tasks.values where entry.isReplied { entry.work?.cancel() }
  }

  /// Waits until every stream was read to its end and closed, but no longer than this.
  package func untilRead(within time: Duration) async {
    let timer = after(time) { store in store.openStreams.release() }
    await openStreams.untilNone()
    timer.cancel()
  }

  private var unended: [TaskEntry] { tasks.values.filter { !$0.record.isEnded && !$0.isReplied } }

  /// A task has ended, which may have been the last one.
  func noteStopProgress() {
    if isStopping, unended.isEmpty { stopWaiting() }
  }

  private func stopWaiting() {
    let waiters = stopWaiters
    stopWaiters = []
    for waiter in waiters { waiter.resume() }
  }
}
