package import HTTP
import JSON

/// Holds all that a client of `/api/stream…` hears, over all its connections, against what is promised: each task's records from its
/// first to its last, each once, in order, and none of another task. A value: events go in, faults come out.
package struct StreamChecker: Sendable {
  /// What was not as promised, in the order in which it was noticed.
  package private(set) var faults: [StreamFault] = []
  /// The id to come back with.
  package private(set) var lastID = ""
  /// The number of each task's last record, or what a snapshot has said it is.
  package private(set) var seqs: [String: Int64] = [:]
  /// Records in all.
  package private(set) var recordCount = 0
  /// What each connection has begun with.
  package private(set) var resumes: [StreamResume] = []
  /// Snapshots that had to be taken because a place was lost.
  package private(set) var resetCount = 0
  /// The reason of the last `bye` of this connection.
  package private(set) var farewell: String?

  /// Nil: any.
  private let tasks: Set<String>?
  private var offset: Int64 = -1
  private var shown: String?
  private var resume: StreamResume?
  /// Records of this connection that its `resume` has announced.
  private var announced: Int64 = 0
  /// What is not known of tasks that were never heard of.
  private var mayBeginAnywhere = false

  /// - Parameter tasks: whose records may come; nil for `?all`.
  package init(of tasks: Set<String>? = nil) {
    self.tasks = tasks
  }

  /// Whether the stream has said that there is nothing more to come, ever.
  package var isFinished: Bool { farewell == "finished" }

  /// A connection begins.
  /// - Parameter cursor: what it shows for its place; without one given, what a browser would show.
  package mutating func connect(showing cursor: String? = nil) {
    let own = lastID.isEmpty ? nil : lastID
    shown = cursor ?? own
    // Whoever begins with a cursor from elsewhere does not know what was before it.
    if shown != own { mayBeginAnywhere = true }
    resume = nil
    announced = 0
    farewell = nil
  }

  package mutating func take(_ event: ReceivedEvent) {
    if farewell != nil { faults.append(.afterTheEnd(event.type)) }
    switch event.type {
    case "message": takeRecord(event)
    case "resume": takeResume(event)
    case "snapshot", "reset": takeSnapshot(event)
    case "bye": takeFarewell(event)
    case "grant", "expiring", "refreshed", "crowded": break
    default: faults.append(.unknownEvent(event.type))
    }
    if !event.lastEventID.isEmpty { lastID = event.lastEventID }
  }

  package mutating func take(_ events: some Sequence<ReceivedEvent>) {
    for event in events { take(event) }
  }

  // MARK: Each kind

  private mutating func takeRecord(_ event: ReceivedEvent) {
    guard let record = StreamedRecord(event.data) else { return faults.append(.unreadable(event.type)) }
    recordCount += 1
    guard let resume else { return faults.append(.beforeResume(event.type)) }
    if event.lastEventID != "\(resume.epoch).\(record.offset)" {
      faults.append(.wrongID(event.lastEventID, offset: record.offset))
    }
    if let tasks, !tasks.contains(record.task) { faults.append(.foreign(task: record.task, seq: record.seq)) }
    let due = (seqs[record.task] ?? 0) + 1
    if record.seq < due {
      faults.append(.repeated(task: record.task, seq: record.seq))
    } else if record.seq > due, !(seqs[record.task] == nil && mayBeginAnywhere) {
      faults.append(.gap(task: record.task, expected: due, got: record.seq))
    }
    if record.offset <= offset { faults.append(.reordered(offset: record.offset, behind: offset)) }
    seqs[record.task] = max(record.seq, seqs[record.task] ?? 0)
    if record.offset <= resume.toOffset { announced += 1 } else { settleAnnounced() }
    offset = record.offset
  }

  private mutating func takeResume(_ event: ReceivedEvent) {
    guard let resume = StreamResume(event) else { return faults.append(.unreadable(event.type)) }
    guard self.resume == nil else { return faults.append(.unknownEvent("a second resume")) }
    self.resume = resume
    resumes.append(resume)
    switch resume.status {
    case .continued:
      if let shown, resume.from != shown { faults.append(.otherPlace(shown: shown, from: resume.from)) }
      if event.lastEventID != resume.from { faults.append(.wrongID(event.lastEventID, offset: resume.toOffset)) }
      offset = resume.fromOffset
    case .snapshot, .reset:
      offset = -1
    }
  }

  private mutating func takeSnapshot(_ event: ReceivedEvent) {
    guard resume != nil else { return faults.append(.beforeResume(event.type)) }
    guard let snapshot = StreamSnapshot(event.data) else { return faults.append(.unreadable(event.type)) }
    if event.type == "reset" { resetCount += 1 }
    if event.lastEventID != snapshot.cursor { faults.append(.wrongID(event.lastEventID, offset: snapshot.offset)) }
    offset = snapshot.offset
    // What it does not tell of is older than all of it, or begins behind it.
    if tasks == nil { mayBeginAnywhere = mayBeginAnywhere || snapshot.seqs.count >= 100 }
    if let foreign = tasks.flatMap({ tasks in snapshot.seqs.keys.first { !tasks.contains($0) } }) {
      faults.append(.foreign(task: foreign, seq: 0))
    }
    seqs.merge(snapshot.seqs) { _, new in new }
  }

  private mutating func takeFarewell(_ event: ReceivedEvent) {
    farewell = (try? JSONValue(parsing: event.data))?["reason"]?.string
    if farewell == nil { faults.append(.unreadable(event.type)) }
    if isFinished { settleAnnounced() }
  }

  /// Everything that was announced must have come by now.
  private mutating func settleAnnounced() {
    guard let resume, resume.status == .continued, let missed = resume.missed, missed != announced else { return }
    faults.append(.otherCount(announced: missed, came: announced))
    announced = missed
  }
}
