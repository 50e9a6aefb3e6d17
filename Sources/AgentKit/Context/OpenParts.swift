import A2A
import A2AWire
import Synchronization

/// Tasks of other agents that wait for an answer, by their ids: whoever began them has to answer, or to cancel them.
final class OpenParts: Sendable {
  private let parts = Mutex<[String: AgentClient]>([:])

  func add(_ id: String, at agent: AgentClient) { parts.withLock { $0[id] = agent } }

  func remove(_ id: String) { _ = parts.withLock { $0.removeValue(forKey: id) } }

  func takeAll() -> [(id: String, agent: AgentClient)] {
    parts.withLock { parts in
      defer { parts = [:] }
      return parts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
  }
}
