import A2A
import HTTP
import Wire

/// Has an agent's card, and asks for it when it is missing or old.
actor CardKeeper {
  /// How long a card is used on that could not be asked for again.
  static let pause: Duration = .seconds(30)

  private let url: ServiceURL
  private let http: HTTPClient
  private let options: AgentClientOptions
  private var kept: KeptCard?
  /// What the agent shows us alone; it replaces the other for as long as this keeper lives.
  private var extended: AgentCard?
  private var lastCallID = 0

  init(_ url: ServiceURL, over http: HTTPClient, options: AgentClientOptions) {
    self.url = url
    self.http = http
    self.options = options
  }

  /// The card as it is now.
  func card() async throws(AgentCallError) -> AgentCard {
    if let extended { return extended }
    if let kept, kept.isFresh(at: .now) { return kept.card }
    return try await fetch().kept.card
  }

  /// For the next call: a card that cannot be asked for again just now is good enough. Should the agent be away, the call will show.
  func session() async throws(AgentCallError) -> AgentSession {
    let card: AgentCard
    do throws(AgentCallError) {
      card = try await self.card()
    } catch {
      guard let kept, error.reason != .cancelled else { throw error }
      self.kept?.postpone(by: Self.pause, now: .now)
      card = kept.card
    }
    let interface = try choose(from: card)
    lastCallID += 1
    let agent = "\(ForeignText.quoting(card.name)) (\(interface.url.authority))"
    let declared = options.extensions.filter { uri in card.capabilities.extensions.contains { $0.uri == uri } }
    return AgentSession(agent: agent, interface: interface, callID: lastCallID, extensions: declared)
  }

  /// For errors: the name and the address, or the address as long as there is no name.
  var agent: String {
    guard let card = extended ?? kept?.card else { return url.authority }
    return "\(ForeignText.quoting(card.name)) (\(url.authority))"
  }

  func replace(with card: AgentCard) {
    extended = card
  }

  /// The card as the agent shows it now.
  func read() async throws(AgentCallError) -> CardReading {
    let (kept, server) = try await fetch()
    return CardReading(card: kept.card, body: kept.body, interface: try choose(from: kept.card), server: server)
  }

  private func choose(from card: AgentCard) throws(AgentCallError) -> ChosenInterface {
    do throws(NoUsableInterface) {
      return try options.interfaces.choose(from: card, at: url)
    } catch {
      throw AgentCallError(.noInterface(error), .readCard, at: agent)
    }
  }

  private func fetch() async throws(AgentCallError) -> (kept: KeptCard, server: PeerIdentity?) {
    var fields = options.fields
    fields["accept"] = "application/json"
    fields["if-none-match"] = kept?.tag
    let response: ClientResponse
    let body: [UInt8]
    do {
      response = try await http.send(
        ClientRequest(.get, url, fields: fields, deadlines: options.deadlines.ofCall))
      body = try await response.body.collect(limit: options.limits.card)
    } catch {
      throw AgentCallError(thrown: error, .readCard, at: agent)
    }
    if response.status == .notModified, kept?.tag != nil {
      kept?.confirm(response.fields, now: .now)
      if let kept { return (kept, response.session?.peer) }
    }
    guard response.status == .ok else {
      throw AgentCallError(.answered(PeerAnswer(response, body: body)), .readCard, at: agent)
    }
    do throws(A2AError) {
      let card = try AgentCard(reading: body)
      let new = KeptCard(card, body: body, fields: response.fields, now: .now)
      kept = new
      return (new, response.session?.peer)
    } catch {
      throw AgentCallError(.unreadableCard(error.message), .readCard, at: agent)
    }
  }
}

/// What a call needs to know of its agent.
struct AgentSession {
  /// For errors.
  let agent: String
  let interface: ChosenInterface
  /// Names the call in JSON-RPC.
  let callID: Int
  /// Of those that are wanted, those that the agent knows.
  let extensions: [String]
}
