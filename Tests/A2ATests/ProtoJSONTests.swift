import A2A
import JSON
import Testing

/// ProtoJSON's rules for readers, seen through the protocol's own objects.
struct ProtoJSONTests {
  struct Accepted: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let json: String
    let expected: Operation

    init(_ description: String, _ params: String, _ expected: Operation) {
      testDescription = description
      json = params
      self.expected = expected
    }
  }

  private static func get(_ id: String, _ historyLength: Int? = nil) -> Operation {
    .getTask(GetTaskRequest(id: id, historyLength: historyLength))
  }

  private static func send(_ part: Part) -> Operation {
    .sendMessage(SendMessageRequest(message: Message(id: "m", role: .user, parts: [part])))
  }

  private static func sent(_ part: String) -> String {
    #"{"message":{"messageId":"m","role":"ROLE_USER","parts":[\#(part)]}}"#
  }

  private static func list(_ change: (inout ListTasksRequest) -> Void) -> Operation {
    var request = ListTasksRequest()
    change(&request)
    return .listTasks(request)
  }

  static let accepted: [Accepted] = [
    .init("null is absence", #"{"id":"t","historyLength":null,"tenant":null}"#, get("t")),
    .init("unknown members are passed over", #"{"id":"t","generation":"7","x":{"y":[]}}"#, get("t")),
    .init("names in snake_case", #"{"id":"t","history_length":3}"#, get("t", 3)),
    .init("a number as a string", #"{"id":"t","historyLength":"3"}"#, get("t", 3)),
    .init("a whole number with a fraction", #"{"id":"t","historyLength":3.0}"#, get("t", 3)),
    .init("a whole number with an exponent", #"{"id":"t","historyLength":1e2}"#, get("t", 100)),
    .init("no history", #"{"id":"t","historyLength":0}"#, get("t", 0)),
    .init("an empty string is absence", #"{"id":"t","tenant":""}"#, get("t")),
    .init("an enum by number", #"{"status":2}"#, list { $0.state = .working }),
    .init("an enum by name", #"{"status":"TASK_STATE_AUTH_REQUIRED"}"#, list { $0.state = .authRequired }),
    .init("an enum's default", #"{"status":"TASK_STATE_UNSPECIFIED"}"#, list { _ in }),
    .init("an enum's default by number", #"{"status":0}"#, list { _ in }),
    .init(
      "several names in snake_case", #"{"context_id":"c","page_size":"7","page_token":"p","include_artifacts":true}"#,
      list { ($0.contextID, $0.pageSize, $0.pageToken, $0.includeArtifacts) = ("c", 7, "p", true) }),
    .init(
      "a time with an offset", #"{"statusTimestampAfter":"1970-01-01T01:00:00.0019+01:00"}"#,
      list { $0.statusTimestampAfter = Timestamp(millisecondsSince1970: 1) }),
    .init("base64", sent(#"{"raw":"+/8="}"#), send(Part(.raw([0xFB, 0xFF])))),
    .init("base64 without padding", sent(#"{"raw":"+/8"}"#), send(Part(.raw([0xFB, 0xFF])))),
    .init("base64 for URLs", sent(#"{"raw":"-_8="}"#), send(Part(.raw([0xFB, 0xFF])))),
    .init("base64 for URLs without padding", sent(#"{"raw":"-_8"}"#), send(Part(.raw([0xFB, 0xFF])))),
    .init("an empty text", sent(#"{"text":""}"#), send(.text(""))),
    .init("no data is a value", sent(#"{"data":null}"#), send(.data(.made { $0.null() }))),
    .init("null beside a text", sent(#"{"text":"a","data":null,"raw":null}"#), send(.text("a"))),
    .init("a part's other fields", sent(#"{"text":"a","file_name":"x","media_type":"b"}"#), send(with("b"))),
    .init(
      "a role by number", #"{"message":{"message_id":"m","role":1,"parts":[{"text":"a"}]}}"#, send(.text("a"))),
    .init(
      "the default of a field that is false", #"{"id":"t","metadata":null}"#, get("t")),
  ]

  private static func with(_ mediaType: String) -> Part { Part(.text("a"), mediaType: mediaType) }

  @Test(arguments: accepted)
  func `it is read`(_ text: Accepted) throws {
    #expect(try call(text.expected.name, text.json).operation == text.expected)
  }

  struct Refused: Sendable, CustomTestStringConvertible {
    let operation: OperationName
    let json: String
    let field: String
    let problem: String

    init(_ operation: OperationName, _ params: String, _ field: String, _ problem: String) {
      self.operation = operation
      json = params
      self.field = field
      self.problem = problem
    }

    var testDescription: String { json }
  }

  static let refused: [Refused] = [
    .init(.getTask, "{}", "id", "is required and is missing"),
    .init(.getTask, #"{"id":""}"#, "id", "is required and is missing"),
    .init(.getTask, #"{"id":7}"#, "id", "must be a string, not a number"),
    .init(.getTask, #"{"id":"t","historyLength":-1}"#, "historyLength", "must be a whole number from 0 to 2147483647"),
    .init(.getTask, #"{"id":"t","historyLength":1.5}"#, "historyLength", "must be a whole number"),
    .init(.getTask, #"{"id":"t","historyLength":"+1"}"#, "historyLength", "must be a whole number"),
    .init(.getTask, #"{"id":"t","historyLength":""}"#, "historyLength", "must be a whole number"),
    .init(.getTask, #"{"id":"t","historyLength":2147483648}"#, "historyLength", "must be a whole number"),
    .init(.getTask, #"{"id":"t","historyLength":[]}"#, "historyLength", "must be a whole number, not an array"),
    .init(.getTask, "[]", "", "must be an object, not an array"),
    .init(.listTasks, #"{"pageSize":0}"#, "pageSize", "must be a whole number from 1 to 100"),
    .init(.listTasks, #"{"pageSize":101}"#, "pageSize", "must be a whole number from 1 to 100"),
    .init(
      .listTasks, #"{"status":"TASK_STATE_DONE"}"#, "status",
      "must be the name of a task state, not \"TASK_STATE_DONE\""),
    .init(.listTasks, #"{"status":"working"}"#, "status", "must be the name of a task state, not"),
    .init(.listTasks, #"{"status":9}"#, "status", "must be the name of a task state, not \"9\""),
    .init(.listTasks, #"{"status":true}"#, "status", "must be the name of a task state, not a boolean"),
    .init(.listTasks, #"{"includeArtifacts":"true"}"#, "includeArtifacts", "must be true or false, not a string"),
    .init(.listTasks, #"{"statusTimestampAfter":"today"}"#, "statusTimestampAfter", "must be a time such as"),
    .init(.sendMessage, "{}", "message", "is required and is missing"),
    .init(.sendMessage, #"{"message":"hi"}"#, "message", "must be an object, not a string"),
    .init(.sendMessage, #"{"message":{"messageId":"m","parts":[{"text":""}]}}"#, "message.role", "is required"),
    .init(.sendMessage, message(role: "ROLE_UNSPECIFIED", #"[{"text":""}]"#), "message.role", "is required"),
    .init(.sendMessage, message(role: "user", #"[{"text":""}]"#), "message.role", "must be the name of a role, not"),
    .init(.sendMessage, #"{"message":{"role":1,"parts":[{"text":""}]}}"#, "message.messageId", "is required"),
    .init(.sendMessage, message("[]"), "message.parts", "is required and is missing"),
    .init(.sendMessage, message("{}"), "message.parts", "must be an array, not an object"),
    .init(.sendMessage, message("[{}]"), "message.parts[0]", "must have one of text, raw, url and data, and has none"),
    .init(.sendMessage, message(#"[{"text":"a"},{"text":"a","url":"b"}]"#), "message.parts[1]", "not text and url"),
    .init(.sendMessage, message(#"[{"text":"a"},7]"#), "message.parts[1]", "must be an object, not a number"),
    .init(.sendMessage, message(#"[{"raw":"?"}]"#), "message.parts[0].raw", "must be base64"),
    .init(.sendMessage, message(#"[{"text":"a","metadata":[]}]"#), "message.parts[0].metadata", "must be an object"),
    .init(
      .sendMessage, message(#"[{"text":""}]"#, #","extensions":["a",1]"#), "message.extensions[1]", "must be a string"),
    .init(
      .sendMessage, message(#"[{"text":""}]"#, #"},"configuration":{"taskPushNotificationConfig":{"id":"1"}"#),
      "configuration.taskPushNotificationConfig.url", "is required"),
    .init(.createPushConfig, #"{"url":"https://example.com"}"#, "taskId", "is required"),
    .init(.createPushConfig, #"{"taskId":"t"}"#, "url", "is required"),
    .init(
      .createPushConfig, #"{"taskId":"t","url":"u","authentication":{}}"#, "authentication.scheme", "is required"),
    .init(.getPushConfig, #"{"taskId":"t"}"#, "id", "is required"),
    .init(.deletePushConfig, #"{"id":"c"}"#, "taskId", "is required"),
    .init(.listPushConfigs, #"{"taskId":"t","pageSize":-1}"#, "pageSize", "must be a whole number from 0"),
    .init(.cancelTask, #"{"id":"t","metadata":"m"}"#, "metadata", "must be an object, not a string"),
  ]

  private static func message(role: String = "ROLE_USER", _ parts: String, _ more: String = "") -> String {
    #"{"message":{"messageId":"m","role":"\#(role)","parts":\#(parts)\#(more)}}"#
  }

  @Test(arguments: refused)
  func `it is refused, and the field is named`(_ text: Refused) throws {
    let refusal = try #require(throws: CallRefused.self) { try call(text.operation, text.json) }
    #expect(refusal.error.code == .invalidParams)
    #expect(refusal.error.violations.count == 1)
    #expect(refusal.error.violations.first?.field == text.field)
    #expect(refusal.error.violations.first?.description.contains(text.problem) == true)
    #expect(refusal.error.message.contains(text.problem))
    #expect(refusal.error.message.utf8.allSatisfy { 0x20...0x7E ~= $0 })
  }

  private func call(_ name: OperationName, _ params: String) throws -> ServerCall {
    let body = #"{"jsonrpc":"2.0","id":1,"method":"\#(name.method(in: .v1))","params":\#(params)}"#
    return try JSONRPCReader.read(body: Array(body.utf8), fields: .v1, query: [])
  }
}
