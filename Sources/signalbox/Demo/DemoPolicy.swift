import JSON

/// The policy that the demo writes for its gateway.
enum DemoPolicy {
  /// Who holds the operator's certificate, or the token, or signs in by a link that was made for it.
  static let `operator` = "operator"
  /// Who signs in by a link.
  static let analyst = "analyst"
  private static let tenant = "demo"

  static var content: [UInt8] {
    var writer = JSONWriter(style: .pretty)
    writer.object { policy in
      policy.array("principals") { principals in
        principals.object { entry in
          entry.member("name", Self.operator)
          entry.object("certificate") { $0.member("uri", "spiffe://signalbox.local/operator/\(DemoPKI.operator)") }
          entry.object("token") { $0.member("subject", Self.operator) }
          // For a browser: the page of the gateway's operations has a button that an administrator alone may press.
          entry.member("link", true)
          entry.array("roles") { $0.string("admin") }
          entry.member("tenant", tenant)
        }
        principals.object { entry in
          entry.member("name", analyst)
          entry.member("link", true)
          entry.array("roles") { $0.string("analyst") }
          entry.member("tenant", tenant)
          entry.array("grants") { grants in
            grants.object { grant in
              grant.array("actions") { $0.string("observe") }
              grant.member("tasks", "all")
            }
          }
        }
        principals.object { entry in
          entry.object("certificate") { $0.member("uri", "spiffe://signalbox.local/agent/*") }
          entry.member("tenant", tenant)
          entry.array("grants") { grants in
            grants.object { grant in
              grant.array("actions") { actions in
                for action in ["watch", "submit", "cancel", "answer"] { actions.string(action) }
              }
              grant.member("tasks", "own")
            }
          }
        }
      }
    }
    return writer.bytes + [UInt8(ascii: "\n")]
  }
}
