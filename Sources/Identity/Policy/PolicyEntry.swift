/// One entry of `principals`: who it is for is in the policy's index, what it says is here.
struct PolicyEntry: Sendable {
  /// Nil for a pattern, and for those who are refused whatever their name is.
  let name: String?
  let tenant: Tenant
  let roles: Roles
  /// Its own, apart from those of its roles.
  let grants: [Grant]
  let isDisabled: Bool
  let line: Int

  enum Tenant: Sendable, Equatable {
    case none
    case named(String)
    case claim
  }

  enum Roles: Sendable, Equatable {
    case named([Role])
    case claims
  }
}
