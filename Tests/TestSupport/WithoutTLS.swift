/// Whether servers and clients of a test use TLS: `TestServer`, `TLSServer.run` and `Calls` go by this.
package enum WithoutTLS {
  @TaskLocal package static var isOn = false

  /// Runs a test, or one of another suite once more, without TLS.
  package static func run(_ test: () async throws -> Void) async throws {
    try await $isOn.withValue(true, operation: test)
  }
}
