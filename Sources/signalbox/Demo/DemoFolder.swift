/// Where the demo keeps its things. All paths are absolute, because other programs are told of them.
struct DemoFolder: Sendable, Equatable {
  let path: String

  init(_ path: String) {
    self.path = LocalFile.absolute(path)
  }

  var pki: String { "\(path)/pki" }
  var configuration: String { "\(path)/config.json" }
  var policy: String { "\(path)/policy.json" }
  /// The public keys by which the gateway judges bearer tokens.
  var tokenKeys: String { "\(path)/token-keys.json" }
  /// An operator's bearer token, while everything runs.
  var token: String { "\(path)/token" }
  /// What the surveillance agents know of the market.
  var reference: String { "\(path)/reference" }
  /// Where the demo says that everything runs.
  var ready: String { "\(path)/ready.json" }
  var lock: String { "\(path)/lock" }

  /// What a process logs, and what it says when it cannot start.
  func log(of role: DemoRole) -> String { "\(path)/\(role.word).log" }

  /// Where a process says that it listens.
  func ready(of role: DemoRole) -> String { "\(path)/\(role.word).json" }
}
