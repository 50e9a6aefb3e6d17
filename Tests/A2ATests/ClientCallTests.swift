import A2A
import HTTP
import JSON
import Testing

struct ClientCallTests {
  private static let send = Operation.sendMessage(
    SendMessageRequest(message: Message(id: "m", role: .user, text: "a"), tenant: "a c/d"))
  private static let stream = Operation.subscribeToTask(SubscribeToTaskRequest(id: "t:1", tenant: "a c/d"))

  private func text(_ call: ClientCall) -> String { String(decoding: call.body, as: UTF8.self) }

  @Test func `a call in JSON-RPC 1.0`() {
    let call = ClientCall(Self.send, in: Dialect(.jsonRPC, .v1), id: 3, extensions: ["urn:a", "urn:b"])
    #expect(call.method == .post && call.path.isEmpty && call.byGet == nil)
    #expect(
      text(call) == #"{"jsonrpc":"2.0","id":3,"method":"SendMessage","params":{"tenant":"a c/d","#
        + #""message":{"messageId":"m","role":"ROLE_USER","parts":[{"text":"a"}]}}}"#)
    #expect(
      call.fields
        == HTTPFields([
          ("content-type", "application/json"), ("accept", "application/json"), ("a2a-version", "1.0"),
          ("a2a-extensions", "urn:a,urn:b"),
        ]))
  }

  @Test func `a call in JSON-RPC 0.3`() {
    let call = ClientCall(Self.send, in: Dialect(.jsonRPC, .v0_3), id: 3, extensions: ["urn:a"])
    #expect(
      text(call) == #"{"jsonrpc":"2.0","id":3,"method":"message/send","params":{"message":{"kind":"message","#
        + #""messageId":"m","role":"user","parts":[{"kind":"text","text":"a"}]},"configuration":{"blocking":true}}}"#)
    #expect(
      call.fields
        == HTTPFields([
          ("content-type", "application/json"), ("accept", "application/json"), ("x-a2a-extensions", "urn:a"),
        ]))
  }

  @Test func `a call in HTTP+JSON 1.0`() {
    let call = ClientCall(Self.send, in: Dialect(.httpJSON, .v1), id: 3)
    #expect(call.method == .post && call.path == "/a%20c%2Fd/message:send" && call.byGet == nil)
    #expect(text(call) == #"{"message":{"messageId":"m","role":"ROLE_USER","parts":[{"text":"a"}]}}"#)
    #expect(
      call.fields
        == HTTPFields([
          ("content-type", "application/json"), ("accept", "application/a2a+json, application/json"),
          ("a2a-version", "1.0"),
        ]))
  }

  @Test func `a subscription in HTTP+JSON, by POST and by GET`() throws {
    let call = ClientCall(Self.stream, in: Dialect(.httpJSON, .v1), id: 3)
    #expect(call.method == .post && call.path == "/a%20c%2Fd/tasks/t%3A1:subscribe" && call.body.isEmpty)
    let fields = HTTPFields([
      ("accept", "text/event-stream, application/a2a+json, application/json"), ("a2a-version", "1.0"),
    ])
    #expect(call.fields == fields)
    let byGet = try #require(call.byGet)
    #expect(byGet.method == .get && byGet.path == call.path && byGet.body.isEmpty && byGet.fields == fields)
    #expect(byGet.byGet == nil)
    #expect(ClientCall(Self.stream, in: Dialect(.httpJSON, .v0_3), id: 3).path == "/v1/tasks/t%3A1:subscribe")
    #expect(ClientCall(Self.stream, in: Dialect(.jsonRPC, .v1), id: 3).byGet == nil)
  }

  @Test func `what cannot stand in the list of extensions is not asked for`() {
    let call = ClientCall(
      Self.send, in: Dialect(.jsonRPC, .v1), id: 1,
      extensions: ["urn:a,b", "urn:\r\nx: y", "", "urn:\u{1F600}", "urn:c"])
    #expect(call.fields["a2a-extensions"] == "urn:c")
  }

  struct Unreadable: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let body: String
    let message: String

    init(_ description: String, _ body: String, _ message: String) {
      testDescription = description
      self.body = body
      self.message = message
    }
  }

  private func task(_ json: String, _ status: HTTPStatus = .ok, _ type: String = "application/json") throws
    -> OperationResult
  {
    let call = ClientCall(.getTask(GetTaskRequest(id: "t")), in: Dialect(.jsonRPC, .v1), id: 3)
    return try call.result(status: status, mediaType: type, body: Array(json.utf8))
  }

  private static func result(_ json: String) -> String { #"{"jsonrpc":"2.0","id":3,"result":\#(json)}"# }

  @Test(arguments: [
    Unreadable("no body", "", "must be an object"),
    .init("no JSON", "<html>", "of type \"application/json\", is no JSON"),
    .init("an array", "[]", "must be an object"),
    .init("an empty object", "{}", "neither a result nor an error"),
    .init("no result", #"{"jsonrpc":"2.0","id":3,"result":null}"#, "The answer is required and is missing"),
    .init("no task", #"{"jsonrpc":"2.0","id":3,"result":[]}"#, "The answer must be an object, not an array"),
    .init("a task without an id", result(#"{"status":{"state":1}}"#), "the field id is required"),
    .init("a task without a state", result(#"{"id":"t","status":{}}"#), "the field status.state is required"),
    .init(
      "a message without parts' contents",
      result(#"{"id":"t","status":{"state":1},"history":[{"messageId":"m","role":2,"parts":[{}]}]}"#),
      "the field history[0].parts[0] must have one of text, raw, url and data, and has none"),
    .init("another call's answer", #"{"jsonrpc":"2.0","id":4,"result":{}}"#, "for call \"4\", and this is 3"),
  ])
  func `what is no answer is named`(_ answer: Unreadable) throws {
    let error = #expect(throws: A2AError.self) { try task(answer.body) }
    #expect(error?.code == .invalidAgentResponse)
    #expect(error?.grounds == .unreadable)
    #expect(error?.message.contains(answer.message) == true)
    #expect(error?.message.utf8.allSatisfy { 0x20...0x7E ~= $0 } == true)
  }

  @Test(arguments: [#""id":3,"#, #""id":"3","#, #""id":null,"#, ""])
  func `an answer may leave its id out, or write it as a string`(_ id: String) throws {
    let expected = OperationResult.task(AgentTask(id: "t", contextID: nil, status: TaskStatus(.submitted)))
    #expect(try task(#"{"jsonrpc":"2.0",\#(id)"result":{"id":"t","status":{"state":1}}}"#) == expected)
  }

  @Test func `an error of JSON-RPC is kept, whatever the status of HTTP`() throws {
    let own = #"{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"QUOTA","domain":"example.com"}"#
    let info =
      #"{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"TASK_NOT_FOUND","#
      + #""domain":"a2a-protocol.org","metadata":{"taskId":"t"}}"#
    let body = #"{"jsonrpc":"2.0","id":null,"error":{"code":-32603,"message":"Gone.","data":[\#(own),\#(info)]}}"#
    for status in [HTTPStatus.ok, .notFound, .internalServerError] {
      var expected = A2AError(.taskNotFound, "Gone.")
      expected.reason = "TASK_NOT_FOUND"
      expected.metadata = ["taskId": "t"]
      expected.details = try parsed("[\(own)]")
      #expect(throws: expected) { try task(body, status) }
    }
  }

  @Test func `an error of a peer with numbers and details of its own is kept`() throws {
    var expected = A2AError(.other(-32050), "No.")
    expected.details = try parsed(#"{"why":["x"]}"#)
    #expect(throws: expected) {
      try task(#"{"jsonrpc":"2.0","id":3,"error":{"code":-32050,"message":"No.","data":{"why":["x"]}}}"#)
    }
    #expect(throws: A2AError(.internalError, "The peer answered with error 0 and said nothing about it.")) {
      try task(#"{"jsonrpc":"2.0","id":3,"error":{}}"#)
    }
  }

  @Test func `an answer that is not of A2A keeps its status and its beginning`() throws {
    let error = #expect(throws: A2AError.self) { try task("<h1>Bad \u{E9}", .badGateway, "text/html") }
    #expect(error?.code == .other(502))
    #expect(error?.grounds == .status)
    #expect(
      error?.message
        == #"The peer answered HTTP 502 Bad Gateway with "text/html" "<h1>Bad \xc3\xa9", which is no error of A2A."#)
    let empty = #expect(throws: A2AError.self) { try task("", .unauthorized, "") }
    #expect(empty?.code == .other(401))
    #expect(empty?.message == "The peer answered HTTP 401 Unauthorized with no body, which is no error of A2A.")
  }

  @Test(arguments: [
    (404, #"{"error":{"code":404,"status":"NOT_FOUND","message":"No."}}"#, A2AError.Code.taskNotFound),
    (400, #"{"error":{"code":400,"status":"INVALID_ARGUMENT","message":"No."}}"#, .invalidParams),
    (400, #"{"error":{"code":400,"status":"FAILED_PRECONDITION","message":"No."}}"#, .other(400)),
    (501, #"{"error":{"code":501,"status":"UNIMPLEMENTED","message":"No."}}"#, .unsupportedOperation),
    (429, #"{"error":{"code":429,"message":"No."}}"#, .other(429)),
    (500, #"{"error":{"message":"No."}}"#, .internalError),
    (400, #"{"error":{"code":-32002,"message":"No."}}"#, .taskNotCancelable),
    (400, #"{"type":"TaskNotCancelableError","message":"No."}"#, .taskNotCancelable),
    (403, #"{"message":"No."}"#, .other(403)),
    (422, #"{"detail":"No."}"#, .other(422)),
  ])
  func `an error of HTTP+JSON without a reason is told by what else it says`(
    _ status: Int, _ body: String, _ code: A2AError.Code
  ) throws {
    let call = ClientCall(.getTask(GetTaskRequest(id: "t")), in: Dialect(.httpJSON, .v1), id: 3)
    let error = #expect(throws: A2AError.self) {
      try call.result(status: HTTPStatus(code: status), mediaType: "application/json", body: Array(body.utf8))
    }
    #expect(error?.code == code)
    #expect(error?.message == "No.")
    // Neither a number nor a name of the protocol is in the last two.
    #expect(error?.grounds == ([403, 422].contains(status) ? .status : .stated))
  }

  @Test(arguments: [
    #"{"jsonrpc":"2.0","id":3,"error":{"code":-32603,"message":"Broke."}}"#, #"{"code":-32603,"message":"Broke."}"#,
    #"{"error":{"code":500,"status":"INTERNAL","message":"Broke."}}"#, #"{"type":"InternalError","message":"Broke."}"#,
  ])
  func `the error at the end of a stream is read in any shape`(_ data: String) throws {
    for dialect in Dialect.all {
      let call = ClientCall(Self.stream, in: dialect, id: 3)
      let error = #expect(throws: A2AError.self) { try call.event(type: "error", data: Array(data.utf8)) }
      #expect(error?.code == .internalError)
      #expect(error?.message == "Broke.")
    }
  }

  @Test func `an event that is none is named`() throws {
    let call = ClientCall(Self.stream, in: Dialect(.httpJSON, .v1), id: 3)
    func message(_ data: String) -> String? {
      #expect(throws: A2AError.self) { try call.event(type: "message", data: Array(data.utf8)) }?.message
    }
    #expect(message("half")?.hasPrefix(#"An event of the stream is no JSON: "half"."#) == true)
    #expect(message("{}")?.contains("must have one of task, message, statusUpdate and artifactUpdate") == true)
    #expect(message(#"{"task":{},"message":{}}"#)?.contains("not task and message") == true)
    #expect(message(#"{"statusUpdate":{"taskId":"t"}}"#)?.contains("statusUpdate.status is required") == true)
  }

  @Test(
    arguments: Dialect.all, ["", "{}", "null", #"{"jsonrpc":"2.0","id":3,"result":{}}"#, #"{"jsonrpc":"2.0","id":3}"#])
  func `deleting is answered by anything but an error`(_ dialect: Dialect, _ body: String) throws {
    let call = ClientCall(.deletePushConfig(PushConfigRequest(taskID: "t", id: "c")), in: dialect, id: 3)
    guard dialect.binding == .httpJSON || body.contains("jsonrpc") else { return }
    #expect(try call.result(status: .ok, mediaType: "", body: Array(body.utf8)) == .nothing)
  }

  @Test(arguments: Dialect.all)
  func `a stream that is answered with a single object is no stream, but it is an answer`(_ dialect: Dialect) throws {
    let replies = try #require(try received(ClientCall(Self.stream, in: dialect, id: 3), tenant: "a c/d")).replies
    let task = AgentTask(id: "t", contextID: "c", status: TaskStatus(.completed))
    #expect(try ClientCall(Self.stream, in: dialect, id: 3).result(replies.answer(.task(task))) == .task(task))
  }
}
