import A2A
import HTTP
import JSON
import Testing

struct HTTPJSONReaderTests {
  private func read(
    _ method: HTTPMethod, _ target: String, tenant: String? = nil,
    _ fields: [(String, String)] = [("a2a-version", "1.0")], body: String = ""
  ) throws -> ServerCall? {
    let target = try RequestTarget(parsing: target, method: method)
    return try HTTPJSONReader.read(
      method: method, path: target.decodedSegments, tenant: tenant, query: target.queryItems,
      fields: HTTPFields(fields), body: Array(body.utf8))
  }

  struct Routed: Sendable, CustomTestStringConvertible {
    let method: HTTPMethod
    let target: String
    let operation: Operation

    init(_ method: HTTPMethod, _ target: String, _ operation: Operation) {
      self.method = method
      self.target = target
      self.operation = operation
    }

    var testDescription: String { "\(method) \(target)" }
  }

  private static let listed = {
    var request = ListTasksRequest()
    (request.contextID, request.state, request.pageSize, request.pageToken) = ("c d", .inputRequired, 5, "p/q")
    (request.historyLength, request.includeArtifacts) = (0, true)
    request.statusTimestampAfter = Timestamp(millisecondsSince1970: 0)
    return Operation.listTasks(request)
  }()

  private static let configs = {
    var request = ListPushConfigsRequest(taskID: "t")
    (request.pageSize, request.pageToken) = (5, "x")
    return Operation.listPushConfigs(request)
  }()

  static let routed: [Routed] = [
    .init(.get, "/tasks/t", .getTask(GetTaskRequest(id: "t"))),
    .init(.get, "/tasks/t?historyLength=2", .getTask(GetTaskRequest(id: "t", historyLength: 2))),
    .init(.get, "/tasks/t?history_length=2", .getTask(GetTaskRequest(id: "t", historyLength: 2))),
    .init(.get, "/tasks/t?historyLength=&x=y&id=u", .getTask(GetTaskRequest(id: "t"))),
    .init(.get, "/tasks/t?historyLength=2&historyLength=3", .getTask(GetTaskRequest(id: "t", historyLength: 2))),
    .init(.get, "/tasks/a:b", .getTask(GetTaskRequest(id: "a:b"))),
    .init(.get, "/tasks/a%2Fb", .getTask(GetTaskRequest(id: "a/b"))),
    .init(.get, "/tasks/a:cancel", .getTask(GetTaskRequest(id: "a:cancel"))),
    .init(.post, "/tasks/t:cancel", .cancelTask(CancelTaskRequest(id: "t"))),
    .init(.post, "/tasks/a:b:cancel", .cancelTask(CancelTaskRequest(id: "a:b"))),
    .init(.post, "/tasks/t:subscribe", .subscribeToTask(SubscribeToTaskRequest(id: "t"))),
    .init(.get, "/tasks/t:subscribe", .subscribeToTask(SubscribeToTaskRequest(id: "t"))),
    .init(.get, "/tasks", .listTasks(ListTasksRequest())),
    .init(
      .get,
      "/tasks?contextId=c+d&status=TASK_STATE_INPUT_REQUIRED&pageSize=5&pageToken=p%2Fq&historyLength=0"
        + "&includeArtifacts=true&statusTimestampAfter=1970-01-01T01:00:00%2B01:00", listed),
    .init(
      .get,
      "/tasks?context_id=c%20d&status=TASK_STATE_INPUT_REQUIRED&page_size=5&page_token=p/q&history_length=0"
        + "&include_artifacts=true&status_timestamp_after=1970-01-01T00:00:00Z", listed),
    .init(.get, "/tasks/t/pushNotificationConfigs/c", .getPushConfig(PushConfigRequest(taskID: "t", id: "c"))),
    .init(.delete, "/tasks/t/pushNotificationConfigs/c", .deletePushConfig(PushConfigRequest(taskID: "t", id: "c"))),
    .init(.get, "/tasks/t/pushNotificationConfigs?pageSize=5&page_token=x", configs),
    .init(.get, "/extendedAgentCard", .getExtendedCard(GetExtendedCardRequest())),
  ]

  @Test(arguments: routed)
  func `a path leads to its operation`(_ route: Routed) throws {
    #expect(try read(route.method, route.target)?.operation == route.operation)
  }

  @Test(arguments: routed)
  func `the version may be in the query`(_ route: Routed) throws {
    let target = route.target + (route.target.contains("?") ? "&" : "?") + "A2A-Version=1.0"
    #expect(try read(route.method, target, [])?.operation == route.operation)
  }

  @Test(arguments: [
    (HTTPMethod.get, "/message:send"), (.post, "/message:sends"), (.put, "/tasks/t"), (.post, "/tasks/t"),
    (.post, "/tasks"), (.post, "/tasks/t:close"), (.post, "/tasks/:cancel"), (.get, "/tasks/"), (.get, "/"),
    (.get, "/tasks/t/"), (.get, "/tasks/t/pushNotificationConfigs/"), (.get, "/tasks/t/configs"), (.get, "/card"),
    (.delete, "/tasks/t/pushNotificationConfigs"), (.get, "/v1"), (.get, "/v1/extendedAgentCard"), (.get, "/v2/tasks"),
    (.get, "/tasks/t/pushNotificationConfigs/c/d"), (.post, "/v1/tasks/t"),
  ])
  func `elsewhere there is nothing`(_ method: HTTPMethod, _ target: String) throws {
    #expect(try read(method, target) == nil)
    #expect(try read(method, target, []) == nil)
  }

  @Test func `the tenant of the path goes into the request`() throws {
    let body = #"{"tenant":"x","message":{"messageId":"m","role":1,"parts":[{"text":"a"}]}}"#
    let message = Message(id: "m", role: .user, text: "a")
    #expect(
      try read(.post, "/message:send", tenant: "acme", body: body)?.operation
        == .sendMessage(SendMessageRequest(message: message, tenant: "acme")))
    #expect(
      try read(.get, "/tasks/t?tenant=x", tenant: "acme")?.operation
        == .getTask(GetTaskRequest(id: "t", tenant: "acme")))
  }

  @Test func `the path says which task a configuration is of`() throws {
    let call = try read(.post, "/tasks/t/pushNotificationConfigs", body: #"{"taskId":"u","url":"https://e"}"#)
    let config = PushConfig(url: "https://e", taskID: "t")
    #expect(call?.operation == .createPushConfig(CreatePushConfigRequest(taskID: "t", config: config)))
  }

  struct Refused: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let method: HTTPMethod
    let target: String
    let fields: [(String, String)]
    let body: String
    let status: Int
    let reason: String

    init(
      _ description: String, _ method: HTTPMethod, _ target: String,
      fields: [(String, String)] = [("a2a-version", "1.0")], body: String = "", _ status: Int, _ reason: String
    ) {
      testDescription = description
      (self.method, self.target, self.fields, self.body) = (method, target, fields, body)
      (self.status, self.reason) = (status, reason)
    }
  }

  static let refused: [Refused] = [
    .init("no JSON", .post, "/message:send", body: "{", 400, "PARSE_ERROR"),
    .init("an array", .post, "/message:send", body: "[]", 400, "INVALID_PARAMS"),
    .init("no body", .post, "/message:send", 400, "INVALID_PARAMS"),
    .init("a page of none", .get, "/tasks?pageSize=0", 400, "INVALID_PARAMS"),
    .init("a page of a word", .get, "/tasks?pageSize=many", 400, "INVALID_PARAMS"),
    .init("a flag that is none", .get, "/tasks?includeArtifacts=yes", 400, "INVALID_PARAMS"),
    .init("a state that is none", .get, "/tasks?status=working", 400, "INVALID_PARAMS"),
    .init("less than no history", .get, "/tasks/t?historyLength=-1", 400, "INVALID_PARAMS"),
    .init("version 99", .get, "/tasks", fields: [("a2a-version", "99.0")], 400, "VERSION_NOT_SUPPORTED"),
    .init("a path of 1.0 without a version", .get, "/tasks", fields: [], 400, "VERSION_NOT_SUPPORTED"),
    .init("a path of 0.3 with 1.0", .get, "/v1/tasks/t", 400, "VERSION_NOT_SUPPORTED"),
    .init(
      "text", .post, "/message:send", fields: [("a2a-version", "1.0"), ("content-type", "text/plain")], body: "hi", 415,
      "CONTENT_TYPE_NOT_SUPPORTED"),
  ]

  @Test(arguments: refused)
  func `it is refused in the words of AIP-193`(_ request: Refused) throws {
    let refusal = try #require(throws: CallRefused.self) {
      try read(request.method, request.target, request.fields, body: request.body)
    }
    #expect(refusal.answer.status.code == request.status)
    let error = try #require(try parsed(refusal.answer.text)["error"])
    #expect(error["code"]?.int == Int64(request.status))
    #expect(error["message"]?.string == refusal.error.message)
    let isOfVersion = request.reason == "VERSION_NOT_SUPPORTED"
    #expect(error["status"]?.string == (isOfVersion ? "FAILED_PRECONDITION" : "INVALID_ARGUMENT"))
    #expect(error["details"]?[0]?["@type"]?.string == "type.googleapis.com/google.rpc.ErrorInfo")
    #expect(error["details"]?[0]?["domain"]?.string == "a2a-protocol.org")
    #expect(error["details"]?[0]?["reason"]?.string == request.reason)
    #expect(error["details"]?[0]?["metadata"] == nil)
    #expect((error["details"]?[1]?["fieldViolations"] != nil) == (request.reason == "INVALID_PARAMS"))
    #expect(refusal.error.message.utf8.allSatisfy { 0x20...0x7E ~= $0 })
  }

  @Test(arguments: [
    ([("accept", "application/json")], "application/json"),
    ([("accept", "application/a2a+json")], "application/a2a+json"),
    ([("content-type", "application/json")], "application/json"),
    ([("content-type", "application/json; charset=utf-8"), ("accept", "text/event-stream")], "application/json"),
    ([("content-type", "application/json"), ("accept", "application/a2a+json, */*;q=0.1")], "application/a2a+json"),
    ([("accept", "application/json;q=0.9, application/a2a+json;q=0.5")], "application/json"),
  ])
  func `the answer comes in the media type that is asked for`(_ fields: [(String, String)], _ type: String) throws {
    let call = try #require(try read(.post, "/tasks/t:cancel", [("a2a-version", "1.0")] + fields))
    #expect(call.replies.answer(.nothing).mediaType == type)
    #expect(call.replies.refusal(A2AError(.taskNotFound, "No.")).mediaType == type)
  }

  @Test(arguments: [[], [("accept", "*/*")], [("accept", "text/event-stream")]])
  func `where none is asked for, answers have the type of 1.0, and errors the one of all`(
    _ fields: [(String, String)]
  ) throws {
    let call = try #require(try read(.post, "/tasks/t:cancel", [("a2a-version", "1.0")] + fields))
    #expect(call.replies.answer(.nothing).mediaType == "application/a2a+json")
    #expect(call.replies.refusal(A2AError(.taskNotFound, "No.")).mediaType == "application/json")
    let old = try #require(try read(.post, "/v1/tasks/t:cancel", fields))
    #expect(old.replies.answer(.nothing).mediaType == "application/json")
    #expect(old.replies.refusal(A2AError(.taskNotFound, "No.")).mediaType == "application/json")
  }

  @Test(arguments: [
    (A2AError.Code.taskNotFound, 404, "NOT_FOUND"), (.taskNotCancelable, 400, "FAILED_PRECONDITION"),
    (.pushNotificationNotSupported, 400, "FAILED_PRECONDITION"), (.unsupportedOperation, 400, "FAILED_PRECONDITION"),
    (.contentTypeNotSupported, 400, "INVALID_ARGUMENT"), (.invalidAgentResponse, 500, "INTERNAL"),
    (.extendedCardNotConfigured, 400, "FAILED_PRECONDITION"), (.extensionSupportRequired, 400, "FAILED_PRECONDITION"),
    (.versionNotSupported, 400, "FAILED_PRECONDITION"), (.parseError, 400, "INVALID_ARGUMENT"),
    (.invalidRequest, 400, "INVALID_ARGUMENT"), (.methodNotFound, 404, "NOT_FOUND"),
    (.invalidParams, 400, "INVALID_ARGUMENT"), (.internalError, 500, "INTERNAL"),
    (.other(429), 429, "RESOURCE_EXHAUSTED"), (.other(-32099), 500, "INTERNAL"),
  ])
  func `errors have the statuses of 1.0.1`(_ code: A2AError.Code, _ status: Int, _ name: String) throws {
    let call = try #require(try read(.get, "/tasks"))
    var error = A2AError(code, "So it is.")
    error.metadata = ["taskId": "t"]
    let answer = call.replies.refusal(error)
    #expect(answer.status.code == status)
    let reason = RoundTripTests.reasons[code] ?? "UNKNOWN_ERROR"
    let info =
      #"{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"\#(reason)","#
      + #""domain":"a2a-protocol.org","metadata":{"taskId":"t"}}"#
    #expect(
      answer.text
        == #"{"error":{"code":\#(status),"status":"\#(name)","message":"So it is.","details":[\#(info)]}}"#)
  }
}
