import Identity
import JSON
import Synchronization
import Telemetry

/// The sign-ins that have begun: in memory, or where all gateways that share a journal find them, so that a browser may come back to
/// another than it left from. Any thread.
final class FlowKeeper: Sendable {
  private let own = Mutex(PendingFlows())
  private let shared: SharedSessions?
  private let limits: (all: Int, perAddress: Int)

  private static let prefix = "flow:"

  /// - Parameter shared: nil: there is no other gateway.
  init(shared: SharedSessions?, limits: (all: Int, perAddress: Int) = (2000, 100)) {
    self.shared = shared
    self.limits = limits
  }

  /// Begins one.
  /// - Parameters:
  ///   - browser: the value of the cookie that came along; it is kept only if a sign-in that is under way has given it out, since nobody else
  ///     is to choose it.
  ///   - make: the sign-in with these secrets.
  func begin(
    browser: Secret?, address: String, now: UnixTime, _ make: (OpenIDFlow.Secrets) -> OpenIDFlow
  ) async throws(OpenIDFault) -> (flow: OpenIDFlow, secrets: OpenIDFlow.Secrets) {
    guard let shared else {
      return own.withLock { flows in
        let secrets = OpenIDFlow.Secrets.random(browser: browser.flatMap { flows.hasFlow(of: $0, now: now) ? $0 : nil })
        let flow = make(secrets)
        flows.add(flow, state: secrets.state, address: address, now: now)
        return (flow, secrets)
      }
    }
    let begun = kept(in: shared, now: now)
    let secrets = OpenIDFlow.Secrets.random(browser: browser.flatMap { Self.has($0, begun) ? $0 : nil })
    let flow = make(secrets)
    do throws(LedgerAway) {
      let ofAddress = begun.filter { $0.flow.address == address }
      if ofAddress.count >= limits.perAddress, let oldest = ofAddress.first {
        _ = try await shared.take(oldest.key)
      } else if begun.count >= limits.all, let oldest = begun.first {
        _ = try await shared.take(oldest.key)
      }
      try await shared.keep(Self.key(secrets.state), SharedFlow(flow, address: address).bytes)
    } catch {
      throw .away
    }
    return (flow, secrets)
  }

  /// The sign-in of this state, if it was begun in this browser, and whether it was the last that this browser had begun. It is not
  /// there a second time; one that was begun in another browser stays for that one.
  func take(
    state: Secret, browser: Secret, now: UnixTime
  ) async throws(OpenIDFault) -> (flow: OpenIDFlow, isLast: Bool)? {
    guard let shared else {
      return own.withLock { flows in
        flows.take(state: state, browser: browser, now: now).map { ($0, !flows.hasFlow(of: browser, now: now)) }
      }
    }
    let key = Self.key(state)
    let taken: SharedFlow
    do throws(LedgerAway) {
      guard let flow = try await shared.read(key).flatMap(SharedFlow.init(_:)), flow.ends > now,
        Digest.isEqual(flow.browser, Digest.sha256(browser.reveal())), try await shared.take(key) != nil
      else { return nil }
      taken = flow
    } catch {
      throw .away
    }
    let rest = kept(in: shared, now: now).filter { $0.key != key }
    return (taken.flow(OpenIDFlow.Secrets(state: state, browser: browser)), !Self.has(browser, rest))
  }

  private static func key(_ state: Secret) -> String { prefix + Base64URL.encode(Digest.sha256(state.reveal())) }

  private static func has(_ browser: Secret, _ flows: [(key: String, flow: SharedFlow)]) -> Bool {
    let hash = Digest.sha256(browser.reveal())
    return flows.contains { Digest.isEqual($0.flow.browser, hash) }
  }

  /// Oldest first.
  private func kept(in shared: SharedSessions, now: UnixTime) -> [(key: String, flow: SharedFlow)] {
    shared.kept(under: Self.prefix).compactMap { key, value in SharedFlow(value).map { (key, $0) } }
      .filter { $0.flow.ends > now }.sorted { ($0.flow.ends, $0.key) < ($1.flow.ends, $1.key) }
  }
}

/// What gateways tell each other of a sign-in that has begun. Nothing that anybody must not know is in it: nonce and verifier follow from
/// what the browser alone brings back.
struct SharedFlow: Sendable, Equatable {
  let browser: [UInt8]
  let redirectURI: String
  let returnPath: String
  let address: String
  let ends: UnixTime

  init(_ flow: OpenIDFlow, address: String) {
    browser = flow.browser
    redirectURI = flow.redirectURI
    returnPath = flow.returnPath.description
    self.address = address
    ends = flow.ends
  }

  init?(_ value: [UInt8]) {
    guard let value = try? JSONValue(parsing: value), let text = value["browser"]?.string,
      let browser = Base64URL.decode(text.utf8), let redirectURI = value["redirect"]?.string,
      let returnPath = value["return"]?.string, let address = value["address"]?.string, let ends = value["ends"]?.int
    else { return nil }
    self.browser = browser
    self.redirectURI = redirectURI
    self.returnPath = returnPath
    self.address = address
    self.ends = UnixTime(seconds: ends)
  }

  var bytes: [UInt8] {
    var writer = JSONWriter()
    writer.object { flow in
      flow.member("browser", Base64URL.encode(browser))
      flow.member("redirect", redirectURI)
      flow.member("return", returnPath)
      flow.member("address", address)
      flow.member("ends", ends.seconds)
    }
    return writer.bytes
  }

  func flow(_ secrets: OpenIDFlow.Secrets) -> OpenIDFlow {
    OpenIDFlow(secrets, redirectURI: redirectURI, returnPath: ReturnPath(returnPath), ends: ends)
  }
}
