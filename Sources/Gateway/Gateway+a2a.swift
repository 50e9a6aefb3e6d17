import A2AWire
import Telemetry

extension Gateway {
  /// A2A on those listeners to which its callers come.
  func a2aFronts(
    _ identity: IdentityServices, _ records: RecordServices, _ work: WorkServices, _ metrics: MetricsRegistry
  ) -> [ListenerName: A2AFront] {
    let telemetry = EndpointTelemetry(log: log, metrics: metrics)
    func front(_ credentials: [FrontCard.Credential]) -> A2AFront {
      A2AFront(
        records: records, work: work, identity: identity,
        cards: FrontCard(credentials: credentials, sendsPush: work.push != nil), telemetry: telemetry)
    }
    var people: [FrontCard.Credential] = []
    if configuration.identity.tokens != nil { people.append(.bearer) }
    if case .none = configuration.publicListener.clients {} else { people.append(.certificate) }
    return [.public: front(people), .agents: front([.certificate])]
  }

  /// Tells them where they can be reached, for the cards.
  func publish(_ fronts: [ListenerName: A2AFront]) {
    for listener in status.listeners {
      fronts[listener.name]?.endpoints.publish(origin: listener.name == .public ? publicURL() : listener.url)
    }
  }
}
