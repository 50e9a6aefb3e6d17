import Foundation
import Identity
import Synchronization
import TestSupport
import Testing

@testable import Gateway

/// Grants without a gateway around them: a clock to turn, a policy to change, real sessions, and the records that the audit trail gets.
final class GrantScene: Sendable {
  let time = TurnedClock(UnixTime(seconds: 1_000_000))
  let identities: Identities
  let store: SessionStore
  let grants: StreamGrants
  let audited = Kept<[AuditRecord]>([])
  private let folder: TemporaryFolder

  init(
    policy: String = TestPeople.policy, configure: (inout IdentityConfiguration) -> Void = { _ in }
  ) throws {
    folder = try TemporaryFolder()
    var configuration = IdentityConfiguration(stateFolder: folder.path, policyFile: nil)
    configure(&configuration)
    store = try SessionStore(
      file: folder.path("state/sessions"), limits: configuration.sessions, now: time.now)
    identities = Identities(
      configuration: configuration, clock: time.clock, sessions: .file(store), policy: try Self.policy(policy))
    grants = StreamGrants(identities: identities) { [audited] record in
      audited.change { $0.append(record) }
    }
  }

  static func policy(_ text: String) throws -> Policy {
    try Policy(parsing: Array(text.utf8), source: "policy.json")
  }

  /// Another policy, as a reload puts it in place.
  func put(_ policy: Policy) {
    identities.policy = policy
    grants.reconsider()
  }

  func put(_ policy: String) throws {
    put(try Self.policy(policy))
  }

  // MARK: Who asks

  func asker(_ credential: Asker.Credential) throws -> Asker {
    guard case .known(let principal) = identities.policy.identify(credential.claims) else {
      throw TLSClient.Failure(description: "the policy knows nobody by \(credential)")
    }
    return Asker(principal: principal, credential: credential)
  }

  func token(_ person: TestPeople = .anna, seconds: Int64 = 600, roles: [String] = []) throws -> Asker {
    try asker(
      .token(
        TokenClaims(
          issuer: "https://issuer.example", subject: person.rawValue, tenant: nil, roles: roles,
          expires: time.now.adding(seconds: seconds), id: nil)))
  }

  func certificate(_ person: TestPeople = .anna, seconds: Int64 = 600) throws -> Asker {
    try asker(
      .certificate(
        CertificateClaims(
          uris: [person.uri], dnsNames: [], fingerprint: "00", serial: "1", expires: time.now.adding(seconds: seconds)))
    )
  }

  func session(_ person: TestPeople = .anna) throws -> (asker: Asker, session: Session) {
    let session = try store.open(
      .link(name: person.rawValue), owner: person.rawValue, now: time.now
    ).session
    return (try asker(.session(session)), session)
  }

  // MARK: Streams

  func open(
    _ asker: Asker, address: String = "192.0.2.1", mayGoOn: @escaping @Sendable (Principal) -> Bool = { _ in true }
  ) throws -> OpenStream {
    OpenStream(try grants.open(asker, address: address, mayGoOn: mayGoOn))
  }

  /// Turns the clock when everybody waits for it who is about to.
  func turn(seconds: Int64) async {
    #expect(await eventually { time.sleeperCount == 1 })
    time.turn(seconds: seconds)
  }
}

/// A stream under a grant, and what it has heard.
final class OpenStream: Sendable {
  let grant: StreamGrant
  private let state = Mutex((notices: [GrantNotice](), isOver: false))

  init(_ grant: StreamGrant) {
    self.grant = grant
    let notices = grant.notices
    Task { [weak self] in
      for await notice in notices { self?.state.withLock { $0.notices.append(notice) } }
      self?.state.withLock { $0.isOver = true }
    }
  }

  var notices: [GrantNotice] { state.withLock { $0.notices } }
  /// Nothing more will be heard.
  var isOver: Bool { state.withLock { $0.isOver } }

  /// Waits for what was heard to be this, and no more.
  func hears(_ expected: GrantNotice...) async -> Bool {
    await eventually(within: .seconds(180)) { notices == expected }
  }

  /// Waits for the end of it, and gives everything that was heard.
  func everything() async -> [GrantNotice] {
    #expect(await eventually(within: .seconds(180)) { isOver })
    return notices
  }
}
