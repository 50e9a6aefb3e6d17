import A2A
import Journal

// What goes into the journal. The image takes everything at once, so that it is what will be stored.
extension RunMachine {
  static let snapshotInterval = 100

  /// An event of the agent's.
  mutating func put(_ event: TaskEvent, isOutside: Bool = false) {
    let event = isOutside ? event : names.outside(event)
    let before = state
    if let state = event.state { holdBack(at: state) }
    let entry = RunRecords.event(event, origin: agent)
    image.take(event, seq: image.seq + 1)
    sayings.note(event, names)
    if let news = TaskNews(event) { outline.take(news) }
    append(entry, showsChange: state != before || event.completesArtifact)
    take(title: event.saidTitle)
    questionsDidChange()
    stateDidChange(from: before)
  }

  /// What the agent calls the task, if that is new.
  private mutating func take(title said: String?) {
    guard let said, said != title else { return }
    title = said
    recordsSinceSnapshot = 0
    change { write in
      write.title = said
      write.showsChange = true
    }
  }

  mutating func put(failure code: RunFailure, _ sentence: String) {
    put(
      ofOurs: RunRecords.failure(code, sentence, task: names.task, context: names.context, at: now.wall), .failed)
  }

  mutating func put(status: TaskState, _ report: ProgressReport) {
    put(ofOurs: RunRecords.status(status, report, task: names.task, context: names.context, at: now.wall), status)
  }

  private mutating func put(ofOurs entry: Entry, _ status: TaskState) {
    let before = state
    holdBack(at: status)
    image.take(entry.kind, entry.payload, seq: image.seq + 1)
    outline.take(event: entry.payload)
    append(entry, showsChange: true)
    stateDidChange(from: before)
  }

  /// What somebody says to the agent.
  mutating func put(said message: Message, _ entry: Entry) {
    image.take(said: message, seq: image.seq + 1)
    append(entry)
  }

  /// A record that shows nothing of the task.
  mutating func put(_ entry: Entry) {
    image.pass(seq: image.seq + 1)
    append(entry)
  }

  mutating func put(late event: TaskEvent) {
    put(Entry(.late, origin: agent, payload: event.encoded()))
  }

  mutating func remember() {
    let memory = memory
    change { $0.memory = memory }
  }

  mutating func remember(_ memo: Memo) {
    change { write in
      write.memos.removeAll { $0.name == memo.name }
      write.memos.append(memo)
    }
  }

  /// Brings the image to what the agent shows.
  /// - Parameter gap: why something may be missing; nil where nothing is.
  mutating func bring(_ shown: AgentTask, gap why: String?) {
    let theirs = names.outside(shown)
    let difference = SnapshotDifference(from: image.task, to: theirs, isBehind: isBehind(theirs.status))
    guard !difference.isEmpty else { return }
    if let why {
      put(RunRecords.gap(why: why, missing: difference.missing, task: theirs))
      actions.append(.tell(.gap))
    }
    for event in difference.events { put(event, isOutside: true) }
  }

  // MARK: Batches

  private mutating func append(_ entry: Entry, showsChange: Bool = false) {
    recordsSinceSnapshot += 1
    let isDue = showsChange || recordsSinceSnapshot >= Self.snapshotInterval
    if isDue { recordsSinceSnapshot = 0 }
    change { write in
      write.entries.append(entry)
      if isDue { write.showsChange = true }
    }
  }

  /// What is put in one go is stored together; what is told of it may be told before.
  private mutating func change(_ body: (inout RunWrite) -> Void) {
    let index = actions.lastIndex { if case .tell = $0 { false } else { true } }
    var write = RunWrite()
    if let index, case .write(let begun) = actions[index], begun.isHeldBack == (holding != nil) {
      write = begun
      actions.remove(at: index)
    }
    write.isHeldBack = holding != nil
    body(&write)
    actions.append(.write(write))
  }

  // MARK: States

  private mutating func stateDidChange(from before: TaskState) {
    guard state != before else { return }
    if state.isInterrupted, !before.isInterrupted {
      budget.pause(at: now.steady)
      waitsSince = now.wall
    } else if before.isInterrupted, !state.isInterrupted {
      budget.goOn(at: now.steady)
      isAnswered = false
      memory.waited += max(0, now.wall - (waitsSince ?? now.wall))
      waitsSince = nil
      remember()
    }
    if state.isTerminal { hasCome(to: state) }
  }
}

extension TaskEvent {
  fileprivate var completesArtifact: Bool { if case .artifact(let update) = self { update.lastChunk } else { false } }
}
