/// How much the tasks of one agent may take up. Whatever is beyond is refused with a sentence that names the limit.
package struct TaskLimits: Sendable {
  /// Tasks that are kept, ended ones included. A new one displaces the one that ended first; when none has ended it is
  /// refused.
  package var tasks = 1_000
  /// Bytes of all tasks together; ended ones make room here, too.
  package var totalBytes = 256 << 20
  /// One message of a caller, or of the agent.
  package var messageBytes = 1 << 20
  /// The artifacts of one task.
  package var artifactBytes = 16 << 20
  package var artifacts = 1_000
  /// The messages of one task that are kept; older ones are let go.
  package var historyMessages = 1_000
  package var historyBytes = 8 << 20
  /// Messages to a task that is at work, until the agent takes them.
  package var waitingMessages = 16
  package var pushConfigs = 16
  /// Streams of one task, and of all.
  package var streamsPerTask = 64
  package var streams = 4_096
  /// What may wait for one stream's reader; one that is further behind loses its stream.
  package var streamEvents = 16_384
  package var streamBytes = 16 << 20
  /// How long a question without a deadline of its own stays open.
  package var questionTime: Duration = .seconds(86_400)
  /// How long cancelling waits for the work to end.
  package var cancelGrace: Duration = .seconds(5)

  package init() {}

  /// A whole request: a message of the largest size, in base64 and with what is around it.
  var requestBytes: Int { messageBytes * 4 / 3 + (64 << 10) }
}
