import A2A
import Identity
import JSON
import Telemetry
import Wire

/// An agent as `/status` shows it to operators: where it is, what was last wrong, and how long certificates are good.
enum AgentFacts {
  static func write(_ agent: KnownAgent, to list: inout JSONWriter) {
    let (configuration, health) = (agent.configuration, agent.health)
    list.object { item in
      item.member("name", agent.name)
      item.member("url", configuration.url)
      item.member("state", health.state.rawValue)
      item.member("since", ifPresent: health.since.map { RFC3339.text(secondsSince1970: $0.seconds) })
      item.member("lastSeen", ifPresent: health.lastSeen.map { RFC3339.text(secondsSince1970: $0.seconds) })
      item.member("quarantine", ifPresent: agent.quarantine)
      if let trouble = health.lastTrouble {
        item.object("lastTrouble") { object in
          object.member("text", trouble.text)
          object.member("time", RFC3339.text(secondsSince1970: trouble.time.seconds))
        }
      }
      if let card = health.card {
        item.object("card") { object in
          object.member("name", card.name)
          object.member("version", card.version)
          object.member("protocol", ifPresent: health.dialect?.version.rawValue)
          object.member("binding", ifPresent: health.dialect.map { $0.binding == .jsonRPC ? "JSONRPC" : "HTTP+JSON" })
        }
      }
      writeCertificates(of: agent, health, to: &item)
    }
  }

  /// How long its own is good, and what it is shown.
  static func writeCertificates(of agent: KnownAgent, _ health: AgentHealth, to item: inout JSONWriter) {
    item.array("certificates") { ends in
      write("agent", health.certificateEnd, to: &ends)
      write("gateway", agent.ownCertificateEnd, to: &ends)
    }
  }

  private static func write(_ side: String, _ end: Int64?, to list: inout JSONWriter) {
    guard let end else { return }
    list.object { object in
      object.member("side", side)
      object.member("notAfter", RFC3339.text(secondsSince1970: end))
      object.member("daysLeft", Int((Double(end - UnixClock.now()) / 86_400).rounded(.down)))
    }
  }
}
