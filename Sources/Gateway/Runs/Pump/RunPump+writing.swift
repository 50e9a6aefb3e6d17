import A2A
import Journal
import Telemetry
import Wire

// Into the journal, one batch at a time.
extension RunPump {
  func put(_ write: RunWrite) {
    writer.add(write)
    guard !writer.isStoring, !writer.isClosed else { return }
    writer.isStoring = true
    Task(executorPreference: agent.loop.tasks) { await self.store() }
  }

  /// Returns when all that was written is stored; false when it cannot be.
  func isStored() async -> Bool {
    await withCheckedContinuation { writer.wait($0) }
  }

  func room() async {
    guard !writer.hasRoom else { return }
    await withCheckedContinuation { writer.waitForRoom($0) }
  }

  private func store() async {
    while !writer.isEmpty, !writer.isClosed {
      let (write, number) = writer.take()
      do throws(JournalError) {
        guard try await store(write) else { return lose("The journal does not take events of this task any more.") }
      } catch {
        return lose(error.description)
      }
      writer.didStore(through: number)
    }
    writer.isStoring = false
  }

  private func store(_ write: RunWrite) async throws(JournalError) -> Bool {
    let memos = (write.memory.map { [$0.memo] } ?? []) + write.memos
    guard !write.entries.isEmpty else { return try await journal.remember(memos, of: task) }
    guard let machine else { return false }
    // All that was put is in this batch, so the image is what is stored with it.
    let (last, outline) = (machine.image.seq, machine.outline)
    var batch = Batch(task: task, entries: write.entries)
    batch.memos = memos
    let now = time.now().steady
    let keepsOutline = outlines.isDue(outline, at: now)
    if keepsOutline { batch.memos.append(outline.memo) }
    if write.showsChange {
      batch.change = TaskChange(
        state: machine.state.word, isFinal: machine.state.isTerminal, snapshot: machine.image.encoded,
        title: write.title)
    }
    guard case .stored(let records) = try await journal.append(batch) else { return false }
    if keepsOutline { outlines.didStore(outline, at: now) }
    if let seq = records.last?.seq, seq != last {
      log.warning("others write records of a task that runs", ["records": .int(Int(seq - last))])
      self.machine?.makeRoom(for: seq - last)
    }
    return true
  }

  private func lose(_ why: String) {
    log.error("run not stored", ["why": .string(why)])
    writer.isStoring = false
    end()
  }
}
