import A2A
import HTTP
import JSON
import Testing

/// What the first alert analyzers' clients send, in all shapes that were seen.
struct AnalyzerCallTests {
  private func call(
    _ method: HTTPMethod, _ target: String, _ body: String = "", _ fields: [(String, String)] = []
  ) throws -> AnalyzerCall? {
    let target = try RequestTarget(parsing: target, method: method)
    return try AnalyzerCall(
      method, target.decodedSegments, HTTPFields(fields), target.queryItems, Array(body.utf8))
  }

  private func stream(_ params: String) -> String {
    #"{"jsonrpc":"2.0","method":"message/stream","params":\#(params)}"#
  }

  @Test(arguments: [
    #"{"text":"<a/>"}"#, #"{"type":"textPart","text":"<a/>"}"#, #"{"kind":"text","text":"<a/>"}"#,
    #"{"textPart":{"text":"<a/>"}}"#,
  ])
  func `a text is read in every shape`(part: String) throws {
    let body = stream(#"{"task_id":"t-1","messages":[{"role":"user","parts":[\#(part)]}]}"#)
    #expect(try call(.post, "/message/stream", body)?.request == .stream([.text("<a/>")], task: "t-1"))
  }

  @Test(arguments: [
    #"{"type":"dataPart","data":"{\"n\":3}"}"#, #"{"kind":"data","data":{"n":3}}"#,
    #"{"dataPart":{"data":"{\"n\":3}"}}"#,
  ])
  func `data is read as JSON in a string, and as it is`(part: String) throws {
    let body = stream(#"{"messages":[{"role":"user","parts":[{"text":"x"},\#(part)]}]}"#)
    let data = Part.data(try JSONValue(parsing: #"{"n":3}"#))
    #expect(try call(.post, "/message/stream", body)?.request == .stream([.text("x"), data], task: nil))
  }

  @Test func `a message may stand alone, the method and the task may be missing, and the id is kept`() throws {
    let body = #"{"id":"a-7","params":{"task_id":null,"message":{"parts":[{"text":"x"}]}}}"#
    let call = try #require(try call(.post, "/message/stream", body))
    #expect(call.request == .stream([.text("x")], task: nil) && call.id?.string == "a-7")
  }

  @Test func `an alert begins a task, and a task is read where no version of A2A is named`() throws {
    #expect(try call(.post, "/analyze", #"{"alert_text":"<a/>"}"#)?.request == .analyze([.text("<a/>")]))
    #expect(try call(.get, "/tasks/t%2F1")?.request == .read(task: "t/1"))
    #expect(try call(.get, "/tasks/t-1", "", [("a2a-version", "1.0")]) == nil)
    #expect(try call(.get, "/tasks/t-1?A2A-Version=1.0") == nil)
  }

  @Test(arguments: [
    "GET /tasks", "GET /tasks/t:subscribe", "GET /v1/tasks/t", "GET /tasks/t/pushNotificationConfigs", "POST /tasks/t",
    "POST /message:stream", "GET /analyze", "POST /x/analyze", "GET /message/stream",
  ])
  func `everything else is A2A's`(_ line: String) throws {
    let words = line.split(separator: " ").map(String.init)
    #expect(try call(words[0] == "GET" ? .get : .post, words[1], "{}") == nil)
  }

  @Test(arguments: [
    ("/analyze", "", "JSON"), ("/analyze", "[]", "an object"), ("/analyze", "{}", "alert_text"),
    ("/analyze", #"{"alert_text":""}"#, "alert_text"), ("/analyze", #"{"alert_text":7}"#, "alert_text"),
    ("/message/stream", "{", "JSON"), ("/message/stream", "{}", "no params"),
    ("/message/stream", #"{"method":"message/send","params":{}}"#, "the method is message/stream"),
    ("/message/stream", #"{"params":{}}"#, "\"messages\""),
    ("/message/stream", #"{"params":{"messages":[]}}"#, "0 messages"),
    ("/message/stream", #"{"params":{"messages":[{},{}]}}"#, "2 messages"),
    ("/message/stream", #"{"params":{"messages":[{"parts":[]}]}}"#, "no parts"),
    ("/message/stream", #"{"params":{"messages":[{"parts":[{"text":"x"},{"file":1}]}]}}"#, "part 2"),
    ("/message/stream", #"{"params":{"messages":[{"parts":[{"data":"{"}]}]}}"#, "part 1"),
    ("/message/stream", #"{"params":{"task_id":7,"messages":[{"parts":[{"text":"x"}]}]}}"#, "task_id"),
  ])
  func `what is wrong is refused with what it is`(path: String, body: String, word: String) throws {
    do {
      _ = try call(.post, path, body)
      Issue.record("It was taken: \(body)")
    } catch let error as A2AError {
      #expect(error.message.contains(word) || (word == "JSON" && error.code == .parseError), "\(error.message)")
    }
  }
}
