import A2A
import HTTP
import JSON
import Testing

struct JSONRPCReaderTests {
  struct Refused: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let body: String
    let fields: [String]
    let number: Int
    let id: String

    init(_ description: String, _ body: String, fields: [String] = ["1.0"], _ number: Int, id: String = "null") {
      testDescription = description
      self.body = body
      self.fields = fields
      self.number = number
      self.id = id
    }
  }

  /// `fields`: A2A-Version (or nothing), Content-Type.
  static let refused: [Refused] = [
    .init("no JSON", "{", -32700),
    .init("no body", "", -32700),
    .init("a key twice", #"{"id":1,"id":1}"#, -32700),
    .init("a batch", #"[{"jsonrpc":"2.0","id":1,"method":"GetTask","params":{"id":"t"}}]"#, -32600),
    .init("an empty batch", "[]", -32600),
    .init("a string", #""GetTask""#, -32600),
    .init("no version of JSON-RPC", #"{"id":1,"method":"GetTask","params":{"id":"t"}}"#, -32600, id: "1"),
    .init("JSON-RPC 1.0", #"{"jsonrpc":"1.0","id":1,"method":"GetTask"}"#, -32600, id: "1"),
    .init("no method", #"{"jsonrpc":"2.0","id":"x"}"#, -32600, id: #""x""#),
    .init("a method that is no string", #"{"jsonrpc":"2.0","id":1,"method":7}"#, -32600, id: "1"),
    .init("an id that is an object", #"{"jsonrpc":"2.0","id":{},"method":"GetTask","params":{"id":"t"}}"#, -32600),
    .init("an id that is true", #"{"jsonrpc":"2.0","id":true,"method":"GetTask","params":{"id":"t"}}"#, -32600),
    .init("an unknown method", #"{"jsonrpc":"2.0","id":1,"method":"gettask"}"#, -32601, id: "1"),
    .init("an unknown method of another version", call("x"), fields: ["2.0"], -32009, id: "1"),
    .init("version 99", call("GetTask"), fields: ["99.0"], -32009, id: "1"),
    .init("a version that is none", call("GetTask"), fields: ["one"], -32009, id: "1"),
    .init("a version with an empty number", call("GetTask"), fields: ["1."], -32009, id: "1"),
    .init("a version with a sign", call("GetTask"), fields: ["+1.0"], -32009, id: "1"),
    .init("a method of 1.0 without a version", call("GetTask"), fields: [""], -32009, id: "1"),
    .init("a method of 1.0 with 0.3", call("GetTask"), fields: ["0.3"], -32009, id: "1"),
    .init("a method of 0.3 with 1.0", call("tasks/get"), fields: ["1.0"], -32009, id: "1"),
    .init("text", call("GetTask"), fields: ["1.0", "text/plain"], -32005, id: "1"),
    .init("text that is no JSON", "hello", fields: ["1.0", "text/plain"], -32005),
    .init("text of another version", "hello", fields: ["99", "text/plain"], -32005),
    .init("no params", #"{"jsonrpc":"2.0","id":1,"method":"GetTask"}"#, -32602, id: "1"),
    .init("params in an array", #"{"jsonrpc":"2.0","id":1,"method":"GetTask","params":["t"]}"#, -32602, id: "1"),
  ]

  private static func call(_ method: String, id: String = "1") -> String {
    #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":{"id":"t"}}"#
  }

  private func fields(_ values: [String]) -> HTTPFields {
    var fields = HTTPFields()
    if let version = values.first, !version.isEmpty { fields["A2A-Version"] = version }
    if values.count > 1 { fields["Content-Type"] = values[1] }
    return fields
  }

  @Test(arguments: refused)
  func `it is refused, with HTTP 200 and under its id`(_ request: Refused) throws {
    let refusal = try #require(throws: CallRefused.self) {
      try JSONRPCReader.read(body: Array(request.body.utf8), fields: fields(request.fields), query: [])
    }
    #expect(refusal.error.code.number == request.number)
    #expect(refusal.answer.status == .ok)
    #expect(refusal.answer.mediaType == "application/json")
    let answer = try parsed(refusal.answer.text)
    #expect(answer["jsonrpc"]?.string == "2.0")
    #expect(answer["id"]?.description == request.id)
    #expect(answer["error"]?["code"]?.int == Int64(request.number))
    #expect(answer["error"]?["message"]?.string == refusal.error.message)
    #expect(answer["error"]?["data"]?[0]?["reason"]?.string == RoundTripTests.reasons[refusal.error.code])
    #expect(refusal.error.message.utf8.allSatisfy { 0x20...0x7E ~= $0 })
    #expect(refusal.error.message.utf8.last == UInt8(ascii: "."))
  }

  @Test func `a batch is told that there are none`() throws {
    let refusal = try #require(throws: CallRefused.self) {
      try JSONRPCReader.read(body: Array("[\(Self.call("GetTask"))]".utf8), fields: fields(["1.0"]), query: [])
    }
    #expect(refusal.error.message.contains("is a batch, which A2A does not have"))
  }

  @Test(arguments: ["1.0", "1", "1.7", "1.0.1", " 1.0 ", "01.0"])
  func `of a version the first number counts`(_ version: String) throws {
    let call = try JSONRPCReader.read(body: Array(Self.call("GetTask").utf8), fields: fields([version]), query: [])
    #expect(call.dialect == Dialect(.jsonRPC, .v1))
  }

  @Test(arguments: ["", "0.3", "0.3.0", "0", "0.2.5"])
  func `absence of a version is 0.3`(_ version: String) throws {
    let call = try JSONRPCReader.read(body: Array(Self.call("tasks/get").utf8), fields: fields([version]), query: [])
    #expect(call.dialect == Dialect(.jsonRPC, .v0_3))
    #expect(call.operation == .getTask(GetTaskRequest(id: "t")))
  }

  @Test func `the version may be in the query, and the field comes first`() throws {
    let query = [QueryItem(name: "a2a-version", value: "1.0")]
    let body = Array(Self.call("GetTask").utf8)
    #expect(try JSONRPCReader.read(body: body, fields: HTTPFields(), query: query).dialect.version == .v1)
    #expect(throws: CallRefused.self) { try JSONRPCReader.read(body: body, fields: fields(["0.3"]), query: query) }
  }

  @Test(arguments: ["7", "-1", "1.5", #""a\u0041""#, "null", #""""#])
  func `the id is given back as it came`(_ id: String) throws {
    let call = try JSONRPCReader.read(
      body: Array(Self.call("GetTask", id: id).utf8), fields: fields(["1.0"]), query: [])
    #expect(call.replies.answer(.nothing).text == #"{"jsonrpc":"2.0","id":\#(id),"result":null}"#)
  }

  @Test(arguments: ["application/json", "application/json; charset=utf-8", "APPLICATION/JSON", "application/a2a+json"])
  func `JSON is taken by any of its names`(_ type: String) throws {
    let body = Array(Self.call("GetTask").utf8)
    let call = try JSONRPCReader.read(body: body, fields: fields(["1.0", type]), query: [])
    #expect(call.operation == .getTask(GetTaskRequest(id: "t")))
  }

  @Test(arguments: [#""params":{},"#, #""params":null,"#, ""])
  func `the extended card needs no params`(_ params: String) throws {
    let body = #"{"jsonrpc":"2.0",\#(params)"id":1,"method":"GetExtendedAgentCard"}"#
    let call = try JSONRPCReader.read(body: Array(body.utf8), fields: fields(["1.0"]), query: [])
    #expect(call.operation == .getExtendedCard(GetExtendedCardRequest()))
  }

  @Test func `extensions are taken by both names, each once`() throws {
    var fields = fields(["1.0"])
    fields.append("A2A-Extensions", "urn:a, urn:b")
    fields.append("A2A-Extensions", "urn:c")
    fields.append("X-A2A-Extensions", "urn:b,urn:d")
    let call = try JSONRPCReader.read(body: Array(Self.call("GetTask").utf8), fields: fields, query: [])
    #expect(call.extensions == ["urn:a", "urn:b", "urn:c", "urn:d"])
  }

  @Test func `no method is called the same in both versions`() {
    let names = ProtocolVersion.allCases.flatMap { version in OperationName.allCases.map { $0.method(in: version) } }
    #expect(Set(names).count == names.count)
  }
}
