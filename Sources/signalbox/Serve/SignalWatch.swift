import Dispatch
import Foundation

/// Reports signals to the program instead of letting them do what they otherwise do. Whoever made it calls `end` when
/// it may go: without its sources, signals would be lost in silence.
final class SignalWatch {
  private let sources: [any DispatchSourceSignal]

  /// `report` is called on a queue of this watch. A signal that comes again before the first was reported is one.
  init(_ signals: [Int32], report: @escaping @Sendable (Int32) -> Void) {
    let queue = DispatchQueue(label: "signals")
    sources = signals.map { number in
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { @Sendable in report(number) }
      source.activate()
      return source
    }
  }

  func end() {
    for source in sources { source.cancel() }
  }
}
