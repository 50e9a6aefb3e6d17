import A2A
import HTTP
import Identity
import JSON
import Journal

/// Somebody who is told of a task elsewhere, as the journal remembers it: where, how, by whose right, and how far. It has the secrets that
/// the receiver knows us by.
struct PushEntry: Sendable, Equatable {
  static let family = "push/"

  let config: PushConfig
  let version: ProtocolVersion
  /// Who has asked for it. What it may be told is what this one may watch.
  let owner: String
  let tenant: String?
  let claims: CredentialClaims
  /// Everything up to here was delivered, or does not concern it.
  var offset: Int64
  /// Under which lease it is told, where several gateways share the journal.
  var sender: Fence?
  /// The task has ended, and all of it was delivered.
  var isDone = false

  init(
    _ config: PushConfig, _ version: ProtocolVersion, of owner: Principal, _ claims: CredentialClaims, offset: Int64
  ) {
    (self.config, self.version, self.claims, self.offset) = (config, version, claims, offset)
    (self.owner, tenant) = (owner.name, owner.tenant)
  }

  var id: String { config.id ?? "" }
  var name: String { Self.name(id, of: owner) }

  /// Each has ids of their own: what somebody else has asked for is nobody's business.
  static func name(_ id: String, of owner: String) -> String { names(of: owner) + PercentEncoding.encode(id) }
  static func names(of owner: String) -> String { "\(family)\(PercentEncoding.encode(owner))/" }

  var memo: Memo {
    var writer = JSONWriter()
    writer.object { object in
      object.key("config")
      object.raw(trusted: config.encoded())
      object.member("version", version.rawValue)
      object.member("owner", owner)
      object.member("tenant", ifPresent: tenant)
      object.object("claims") { $0.members(of: claims) }
      object.member("offset", offset)
      object.member("sender", ifPresent: sender?.lease)
      object.member("isDone", isDone)
    }
    return Memo(name, writer.bytes)
  }

  /// Nil for what this does not write.
  init?(_ memo: Memo) {
    guard memo.name.utf8.starts(with: Self.family.utf8), let body = memo.body,
      let value = try? JSONValue(parsing: body), let member = value["config"],
      let config = try? PushConfig(reading: member),
      let version = value["version"]?.string.flatMap(ProtocolVersion.init(rawValue:)),
      let owner = value["owner"]?.string, let claims = value["claims"].flatMap(CredentialClaims.init(_:)),
      let offset = value["offset"]?.int
    else { return nil }
    (self.config, self.version, self.owner, self.claims, self.offset) = (config, version, owner, claims, offset)
    tenant = value["tenant"]?.string
    sender = value["sender"]?.string.map { Fence(lease: $0) }
    isDone = value["isDone"]?.bool ?? false
  }
}
