extension GatewayConfiguration {
  /// This configuration, with all of another one that a running gateway can take over: files of certificates and of the policy, who may
  /// come with a certificate, agents, how long is kept, how long the end may take. Everything else stays.
  func adopting(_ other: GatewayConfiguration) -> GatewayConfiguration {
    var adopted = self
    adopted.publicListener = publicListener.adopting(other.publicListener)
    adopted.agentListener = agentListener.map { $0.adopting(other.agentListener ?? $0) }
    adopted.adminListener = adminListener.map { $0.adopting(other.adminListener ?? $0) }
    adopted.identity.policyFile = other.identity.policyFile
    adopted.work.agents = other.work.agents
    adopted.work.defaultAgent = other.work.defaultAgent
    adopted.work.chatAgent = other.work.chatAgent
    adopted.journal.retention = other.journal.retention
    adopted.drain = other.drain
    adopted.streams.leavePerSecond = other.streams.leavePerSecond
    adopted.streams.leaveWithin = other.streams.leaveWithin
    adopted.streams.admitPerSecond = other.streams.admitPerSecond
    adopted.streams.admitWithin = other.streams.admitWithin
    adopted.shutdownGrace = other.shutdownGrace
    return adopted
  }
}

extension GatewayConfiguration.Listener {
  fileprivate func adopting(_ other: GatewayConfiguration.Listener) -> GatewayConfiguration.Listener {
    var adopted = self
    adopted.certificateFile = other.certificateFile
    adopted.keyFile = other.keyFile
    adopted.clients = other.clients
    return adopted
  }
}
