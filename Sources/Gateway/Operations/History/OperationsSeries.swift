/// The numbers of which the page of operations draws graphs.
enum OperationsSeries: String, CaseIterable, Sendable {
  case commandsPerSecond
  /// In milliseconds, of the commits since the number before; likewise hand-overs.
  case commitP95
  case connections
  case eventsPerSecond
  case handOverP95
  case hubQueue
  case questionsOpen
  case recordsPerSecond
  case requestsPerSecond
  case serverErrorsPerSecond
  case tasksRunning
  case tasksWaiting
}
