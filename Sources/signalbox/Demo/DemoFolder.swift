/// Where the demo keeps its things. All paths are absolute, because other programs are told of them.
struct DemoFolder: Sendable, Equatable {
  let path: String

  init(_ path: String) {
    self.path = LocalFile.absolute(path)
  }

  var pki: String { "\(path)/pki" }
  var configuration: String { "\(path)/config.json" }
  var policy: String { "\(path)/policy.json" }
  /// What the gateway logs, and what it says when it cannot start.
  var log: String { "\(path)/gateway.log" }
  /// Where the gateway says that it listens.
  var gatewayReady: String { "\(path)/gateway.json" }
  /// Where the demo says that everything runs.
  var ready: String { "\(path)/ready.json" }
  var lock: String { "\(path)/lock" }
}
