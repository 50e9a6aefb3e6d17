import HTTP
import TestSupport

extension TestServer {
  /// Asks for a stream and reads as far as `body` says, on a thread of its own.
  func reading<Value: Sendable>(
    _ path: String = "/", _ options: TLSClient.Options = TLSClient.Options(),
    _ body: @escaping @Sendable (EventReader) throws -> Value
  ) async throws -> Value {
    try await client(options) { client in
      let reader = EventReader(client)
      try reader.ask(path)
      return try body(reader)
    }
  }

  /// A reader that outlives the thread it was made on.
  func reader(_ path: String = "/", _ options: TLSClient.Options = TLSClient.Options()) async throws -> Unchecked<
    EventReader
  > {
    try await reading(path, options) { reader in
      guard reader.read(until: { $0.head != nil }) else {
        throw TLSClient.Failure(description: "the stream did not begin")
      }
      return Unchecked(reader)
    }
  }
}
