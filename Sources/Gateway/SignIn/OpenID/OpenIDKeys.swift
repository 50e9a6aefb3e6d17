import HTTP

/// The issuer's keys, at the place that its discovery document names at the time.
actor OpenIDKeys {
  private let make: @Sendable (ServiceURL) async throws -> any KeySource
  private var kept: (url: ServiceURL, source: any KeySource)?

  init(_ make: @escaping @Sendable (ServiceURL) async throws -> any KeySource) {
    self.make = make
  }

  func source(at url: ServiceURL) async throws -> any KeySource {
    if let kept, kept.url == url { return kept.source }
    let source = try await make(url)
    // Somebody else may have come first while this one waited.
    if let kept, kept.url == url {
      await source.close()
      return kept.source
    }
    let old = kept?.source
    kept = (url, source)
    await old?.close()
    return source
  }

  func reload() async throws {
    try await kept?.source.reload()
  }

  func close() async {
    await kept?.source.close()
    kept = nil
  }
}
