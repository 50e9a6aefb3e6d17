/// What somebody is here. What follows from it, the policy says.
package enum Role: String, Sendable, Hashable, CaseIterable {
  case viewer
  case analyst
  case `operator`
  case admin
}
