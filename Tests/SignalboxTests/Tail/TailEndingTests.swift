import JSON
import Testing

@testable import signalbox

struct TailEndingTests {
  private func tasks(_ states: [String]) throws -> [TaskSummary] {
    try states.enumerated().map { index, state in
      try #require(
        TaskSummary(try JSONValue(parsing: #"{"id":"t\#(index)","state":"\#(state)","final":true}"#)))
    }
  }

  @Test(arguments: [
    (["completed"], nil), (["completed", "completed"], nil), (["failed"], ExitCode.taskFailed),
    (["canceled"], .taskCanceled), (["rejected"], .taskRejected), (["expired"], .failure),
    (["completed", "canceled", "failed", "rejected"], .taskFailed), (["canceled", "rejected"], .taskRejected),
  ])
  func `the worst end is the command's`(states: [String], code: ExitCode?) throws {
    #expect(try TailEnding.failure(tasks(states))?.code == code)
  }

  @Test func `each task that has not ended well is named`() throws {
    #expect(
      try TailEnding.failure(tasks(["canceled", "completed", "failed"]))?.messages
        == ["The task t2 has failed.", "The task t0 was canceled."])
  }

  @Test func `ending codes are told apart, and from the others`() {
    #expect(Set(ExitCode.allCases.map(\.rawValue)).count == ExitCode.allCases.count)
    #expect(ExitCode.taskFailed.rawValue == 2 && ExitCode.taskCanceled.rawValue == 3)
    #expect(ExitCode.taskRejected.rawValue == 4 && ExitCode.interrupted.rawValue == 130)
  }
}
