import Surveillance
import Synchronization

/// Whom each conversation was about last, so that a later question may say "it" or "they".
final class Conversations: Sendable {
  private struct State {
    var subjects: [String: [AskedSubject]] = [:]
    /// The one that was spoken in last comes last.
    var order: [String] = []
  }

  private static let most = 1_000

  private let state = Mutex(State())

  func subjects(in conversation: String) -> [AskedSubject] { state.withLock { $0.subjects[conversation] ?? [] } }

  func remember(_ subjects: [AskedSubject], in conversation: String) {
    guard !subjects.isEmpty else { return }
    state.withLock { state in
      if state.subjects.updateValue(subjects, forKey: conversation) != nil {
        state.order.removeAll { $0 == conversation }
      }
      state.order.append(conversation)
      if state.order.count > Self.most { state.subjects[state.order.removeFirst()] = nil }
    }
  }
}
