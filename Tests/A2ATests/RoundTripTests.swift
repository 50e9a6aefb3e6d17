import A2A
import HTTP
import JSON
import Testing

struct RoundTripTests {
  @Test(arguments: Dialect.all, 1...40 as ClosedRange<UInt64>)
  func `what a client calls is what a server reads, in every dialect`(_ dialect: Dialect, _ seed: UInt64) throws {
    var generator = Generator(seed: seed)
    for name in OperationName.allCases {
      let operation = generator.operation(name)
      let call = ClientCall(operation, in: dialect, id: 7, extensions: ["urn:a", "urn:b"])
      let server = try #require(try received(call, tenant: operation.tenant))
      #expect(server.operation == operation.remaining(in: dialect))
      #expect(server.dialect == dialect)
      #expect(server.extensions == ["urn:a", "urn:b"])
      if let byGet = call.byGet {
        #expect(byGet.method == .get && byGet.body.isEmpty)
        #expect(try received(byGet, tenant: operation.tenant)?.operation == server.operation)
      } else {
        #expect(name != .subscribeToTask || dialect.binding == .jsonRPC)
      }
    }
  }

  @Test(arguments: Dialect.all, 1...40 as ClosedRange<UInt64>)
  func `what a server answers is what the client reads, in every dialect`(_ dialect: Dialect, _ seed: UInt64) throws {
    var generator = Generator(seed: seed)
    for name in OperationName.allCases {
      guard let result = generator.result(of: name) else { continue }
      let (call, replies) = try exchange(generator.operation(name), dialect)
      #expect(try call.result(replies.answer(result)) == result.remaining(in: dialect))
    }
  }

  @Test(arguments: Dialect.all, 1...60 as ClosedRange<UInt64>)
  func `the events of a stream are read as they were written, in every dialect`(
    _ dialect: Dialect, _ seed: UInt64
  ) throws {
    var generator = Generator(seed: seed)
    let (call, replies) = try exchange(generator.operation(.sendStreamingMessage), dialect)
    for isLast in [false, true] {
      let event = generator.event()
      let data = replies.event(event, isLast: isLast)
      #expect(try call.event(type: "message", data: data) == event.remaining(in: dialect))
      #expect(!data.contains(0x0A))
    }
  }

  @Test(arguments: Dialect.all, 1...60 as ClosedRange<UInt64>)
  func `an error keeps its code, reason, text and details, in every dialect`(
    _ dialect: Dialect, _ seed: UInt64
  ) throws {
    var generator = Generator(seed: seed)
    let error = generator.error()
    let (call, replies) = try exchange(generator.operation(generator.pick(OperationName.allCases)), dialect)
    #expect(throws: readBack(error, dialect)) { try call.result(replies.refusal(error)) }
    for type in ["error", "message"] {
      #expect(throws: readBack(error, dialect)) { try call.event(type: type, data: replies.failure(error)) }
    }
  }

  @Test(arguments: 1...200 as ClosedRange<UInt64>)
  func `documents are read as they were written`(_ seed: UInt64) throws {
    var generator = Generator(seed: seed)
    let card = generator.card()
    #expect(try AgentCard(reading: card.encoded()) == card)
    let event = generator.event()
    #expect(try TaskEvent(readingPushBody: event.pushBody()) == event)
    #expect(try TaskEvent(reading: JSONValue(parsing: event.encoded())) == event)
    let task = generator.task()
    #expect(try AgentTask(reading: JSONValue(parsing: task.encoded())) == task)
    let legacy = try TaskEvent(readingPushBody: task.encodedAs0_3())
    #expect(legacy == .task(task.remaining(in: Dialect(.jsonRPC, .v0_3))))
  }

  /// What a client makes of it: the reason is always said, and without one of its own it is the code's; a number that
  /// is no status cannot pass HTTP+JSON.
  private func readBack(_ error: A2AError, _ dialect: Dialect) -> A2AError {
    var expected = error
    switch error.code {
    case .other(let number) where dialect.binding == .httpJSON:
      expected.code = number == 418 ? error.code : .internalError
    default: break
    }
    expected.reason = error.reason ?? Self.reasons[error.code] ?? "UNKNOWN_ERROR"
    // A reason of the peer's own leaves the code to tell, and in HTTP+JSON one status stands for many.
    if error.reason != nil, dialect.binding == .httpJSON { expected.code = Self.byStatus[error.code] ?? expected.code }
    return expected
  }

  static let reasons: [A2AError.Code: String] = [
    .taskNotFound: "TASK_NOT_FOUND", .taskNotCancelable: "TASK_NOT_CANCELABLE",
    .pushNotificationNotSupported: "PUSH_NOTIFICATION_NOT_SUPPORTED", .unsupportedOperation: "UNSUPPORTED_OPERATION",
    .contentTypeNotSupported: "CONTENT_TYPE_NOT_SUPPORTED", .invalidAgentResponse: "INVALID_AGENT_RESPONSE",
    .extendedCardNotConfigured: "EXTENDED_AGENT_CARD_NOT_CONFIGURED",
    .extensionSupportRequired: "EXTENSION_SUPPORT_REQUIRED", .versionNotSupported: "VERSION_NOT_SUPPORTED",
    .parseError: "PARSE_ERROR", .invalidRequest: "INVALID_REQUEST", .methodNotFound: "METHOD_NOT_FOUND",
    .invalidParams: "INVALID_PARAMS", .internalError: "INTERNAL_ERROR",
  ]

  private static let byStatus: [A2AError.Code: A2AError.Code] = [
    .taskNotCancelable: .other(400), .pushNotificationNotSupported: .other(400), .unsupportedOperation: .other(400),
    .contentTypeNotSupported: .invalidParams, .invalidAgentResponse: .internalError,
    .extendedCardNotConfigured: .other(400), .extensionSupportRequired: .other(400), .versionNotSupported: .other(400),
    .parseError: .invalidParams, .invalidRequest: .invalidParams, .methodNotFound: .taskNotFound,
  ]

  private func exchange(_ operation: Operation, _ dialect: Dialect) throws -> (ClientCall, ReplyWriter) {
    let call = ClientCall(operation, in: dialect, id: 7)
    return (call, try #require(try received(call, tenant: operation.tenant)).replies)
  }
}
