/// What the server says of itself, as far as the journal's promises depend on it.
struct ServerFacts: Equatable {
  private(set) var version = ""
  private(set) var policy = ""
  private(set) var isLoading = false
  private(set) var appends: Bool?
  /// Nil where the server does not tell.
  let sync: String?

  /// - Parameters:
  ///   - info: the answer to INFO.
  ///   - sync: the value of `appendfsync`, as far as the server tells.
  init(info: String, sync: String?) {
    self.sync = sync
    for line in info.split(whereSeparator: \.isNewline) {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = line[line.index(after: colon)...]
      switch line[..<colon] {
      case "redis_version": version = String(value)
      case "maxmemory_policy": policy = String(value)
      case "loading": isLoading = value == "1"
      case "aof_enabled": appends = value == "1"
      default: break
      }
    }
  }

  var durability: Durability {
    switch (appends, sync) {
    case (false?, _): .volatile
    case (true?, "always"?): .full
    case (true?, .some): .normal
    default: .unknown
    }
  }

  /// What must not be, as a sentence.
  func objection(to server: String) -> JournalError? {
    let numbers = version.split(separator: ".").compactMap { Int($0) }
    guard let major = numbers.first, let minor = numbers.dropFirst().first, (major, minor) >= (6, 2) else {
      return JournalError(
        .unreadable,
        "\(server) is Redis \(version.isEmpty ? "of an unknown version" : version); 6.2 or newer is needed.")
    }
    guard policy == "noeviction" else {
      return JournalError(
        .unreadable,
        "\(server) throws keys away when its memory is full (maxmemory-policy \(policy)), which would tear holes into the "
          + "journal. Set maxmemory-policy to noeviction."
      )
    }
    return nil
  }

  /// What somebody who runs it has to know, beside the word for it.
  static func warning(about durability: Durability) -> String? {
    switch durability {
    case .full, .normal: nil
    case .volatile:
      "It keeps no log of writes: what came after its last snapshot is gone when it ends. Set appendonly to yes."
    case .unknown:
      "It does not say how it keeps what it is given (CONFIG GET is not allowed), so nobody knows what outlives its end."
    }
  }
}
