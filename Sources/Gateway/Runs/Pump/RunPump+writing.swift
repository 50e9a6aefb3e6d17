import A2A
import HTTP
import Journal
import Telemetry
import Wire

// Into the journal, one batch at a time.
extension RunPump {
  func put(_ write: RunWrite) {
    writer.add(write)
    guard !writer.isEmpty, !writer.isStoring, !writer.isClosed else { return }
    writer.isStoring = true
    Task(executorPreference: agent.loop.tasks) { await self.store() }
  }

  /// Returns when all that was written is stored; false when it cannot be.
  func isStored() async -> Bool { await isStored(through: writer.put) }

  /// - Parameter number: of the last write that matters. What comes behind it may be held back.
  /// - Parameter inHaste: false comes also where there is no room for it at the moment.
  func isStored(through number: Int, inHaste: Bool = false) async -> Bool {
    await withCheckedContinuation { writer.wait(for: number, inHaste: inHaste, $0) }
  }

  func room() async {
    guard !writer.hasRoom else { return }
    await withCheckedContinuation { writer.waitForRoom($0) }
  }

  private func store() async {
    while !writer.isEmpty, !writer.isClosed {
      let (write, number) = writer.take()
      do throws(JournalError) {
        switch try await store(write) {
        case .done: break
        case .refused: return lose("The journal does not take events of this task any more.")
        case .fenced: return leaveToOther()
        }
      } catch {
        return lose(error.description)
      }
      shortage = nil
      writer.didStore(through: number)
    }
    writer.isStoring = false
  }

  private enum Outcome {
    case done
    case refused
    /// The run is another gateway's.
    case fenced
  }

  private func store(_ write: RunWrite) async throws(JournalError) -> Outcome {
    let memos = (write.memory.map { [$0.memo] } ?? []) + write.memos
    guard !write.entries.isEmpty else {
      let kept = try await patiently { _ async throws(JournalError) in
        try await self.journal.remember(memos, of: self.task, under: self.fence)
      }
      return switch kept {
      case .kept: .done
      case .noSuchTask: .refused
      case .fenced: .fenced
      }
    }
    guard let machine else { return .refused }
    // All that was put and is not held back is in this batch, so the image is what is stored with it.
    let image = machine.imageToStore
    let (last, outline) = (image.seq, machine.outlineToStore)
    var batch = Batch(task: task, entries: write.entries)
    batch.memos = memos
    batch.fence = fence
    let now = time.now().steady
    let keepsOutline = outlines.isDue(outline, at: now)
    if keepsOutline { batch.memos.append(outline.memo) }
    if write.showsChange {
      batch.change = TaskChange(
        state: image.task.status.state.word, isFinal: image.task.status.state.isTerminal, snapshot: image.encoded,
        title: write.title)
    }
    let appended = try await patiently { [batch] name async throws(JournalError) in
      var batch = batch
      batch.name = name
      return try await self.journal.append(batch)
    }
    if case .refused(.fenced) = appended { return .fenced }
    guard case .stored(let records) = appended else { return .refused }
    if keepsOutline { outlines.didStore(outline, at: now) }
    if let seq = records.last?.seq, seq != last {
      log.warning("others write records of a task that runs", ["records": .int(Int(seq - last))])
      self.machine?.makeRoom(for: seq - last)
    }
    return .done
  }

  /// Does it until the journal is there to do it, and has room. The agent waits meanwhile, when there is no more room here.
  /// - Parameter body: is given the name under which a batch was sent before, if nobody knows what became of it.
  private func patiently<Value: Sendable>(
    _ body: (String?) async throws(JournalError) -> Value
  ) async throws(JournalError) -> Value {
    var name: String?
    var isTold = false
    while true {
      do throws(JournalError) {
        return try await body(name)
      } catch {
        guard [.unreachable, .full].contains(error.code), !isLeaving, !writer.isClosed else { throw error }
        name = error.doubt ?? name
        if error.code == .full {
          shortage = Refusal(error)
          writer.lacksRoom()
        }
        if !isTold { log.warning("run waits for the journal", ["why": .string(error.description)]) }
        isTold = true
      }
      try? await time.sleep(shortage == nil ? Self.journalPause : Self.roomPause)
    }
  }

  /// Quietly: whoever has it now goes on.
  private func leaveToOther() {
    log.info("run left to another gateway")
    writer.isStoring = false
    end()
  }

  private func lose(_ why: String) {
    log.error("run not stored", ["why": .string(why)])
    writer.isStoring = false
    end()
  }
}
