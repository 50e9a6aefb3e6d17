import A2A
import HTTP
import JSON
import Testing

@testable import Gateway

struct WorkBodyTests {
  private static let members = ["agent", "message", "text", "title", "key", "acceptedOutputModes"]

  private static func body(_ text: String, keys: [String] = []) throws(Refusal) -> WorkBody {
    try WorkBody(Array(text.utf8), members: members, keys: keys)
  }

  private static func refusal(_ text: String, keys: [String] = []) -> Refusal? {
    do throws(Refusal) {
      let body = try body(text, keys: keys)
      _ = (try body.message(), try body.title(), try body.key(), try body.text("agent"))
      _ = try body.texts("acceptedOutputModes")
      return nil
    } catch {
      return error
    }
  }

  @Test func `a text is a message of one part`() throws {
    let message = try Self.body(#"{"text":"Go"}"#).message()
    #expect(message.parts == [.text("Go")] && message.role == .user)
    #expect(!message.id.isEmpty && message.contextID == nil && message.taskID == nil)
  }

  @Test func `what a message does not say, the gateway adds, and nothing that it says is lost`() throws {
    let short = try Self.body(#"{"message":{"parts":[{"text":"a"},{"data":{"b":[1]}},{"raw":"AA==","filename":"x"}]}}"#)
      .message()
    #expect(short.role == .user && !short.id.isEmpty)
    #expect(short.parts.count == 3 && short.parts[2].content == .raw([0]) && short.parts[2].filename == "x")
    let whole = try Self.body(
      #"""
      {"message":{"messageId":"m","contextId":"c","taskId":"t","role":"ROLE_USER","parts":[{"text":"a"}],
       "metadata":{"k":1},"extensions":["urn:x"],"referenceTaskIds":["r"]}}
      """#
    ).message()
    #expect(whole.id == "m" && whole.contextID == "c" && whole.taskID == "t")
    #expect(whole.metadata?["k"]?.int == 1 && whole.extensions == ["urn:x"] && whole.referenceTaskIDs == ["r"])
  }

  @Test func `the key is said by the member or by the field`() throws {
    #expect(try Self.body(#"{"key":"a"}"#).key() == "a")
    #expect(try Self.body("{}", keys: ["a"]).key() == "a")
    #expect(try Self.body(#"{"key":"a"}"#, keys: ["a"]).key() == "a")
    #expect(try Self.body("{}").key() == nil)
  }

  @Test(arguments: [
    ("", "bad-body"), ("[", "bad-body"), ("[]", "bad-body"), (#""x""#, "bad-body"), (#"{"txet":"a"}"#, "bad-body"),
    (#"{"text":1}"#, "bad-body"), (#"{"text":"a","agent":["x"]}"#, "bad-body"),
    (#"{"text":"a","acceptedOutputModes":"x"}"#, "bad-body"),
    (#"{"text":"a","acceptedOutputModes":["x",1]}"#, "bad-body"), ("{}", "bad-task"), (#"{"text":""}"#, "bad-task"),
    (#"{"text":null}"#, "bad-task"), (#"{"text":"a","message":{"parts":[{"text":"b"}]}}"#, "bad-task"),
    (#"{"message":"a"}"#, "bad-task"), (#"{"message":{}}"#, "bad-task"), (#"{"message":{"parts":[]}}"#, "bad-task"),
    (#"{"message":{"parts":[{"txet":"a"}]}}"#, "bad-task"),
    (#"{"message":{"parts":[{"text":"a","raw":"AA=="}]}}"#, "bad-task"),
    (#"{"message":{"parts":[{"text":"a"}],"role":"ROLE_AGENT"}}"#, "bad-task"),
    (#"{"message":{"parts":[{"text":"a"}],"contextID":"c"}}"#, "bad-task"),
    (#"{"message":{"parts":[{"text":"a"}],"contextId":"c\u00e9"}}"#, "bad-task"),
    (#"{"text":"a","title":"b\u0007"}"#, "bad-task"), (#"{"text":"a","key":""}"#, "bad-task"),
    (#"{"text":"a","key":"\u00e9"}"#, "bad-task"),
  ])
  func `what is wrong is named, in one sentence`(text: String, code: String) {
    let refusal = Self.refusal(text)
    #expect(refusal?.code == code, "\(text): \(refusal?.detail ?? "taken")")
    #expect(refusal?.status == .badRequest)
    #expect(refusal?.detail.utf8.allSatisfy { (0x20...0x7E).contains($0) } == true)
  }

  @Test func `two different keys are refused`() {
    #expect(Self.refusal(#"{"text":"a","key":"b"}"#, keys: ["c"])?.code == "bad-task")
    #expect(Self.refusal(#"{"text":"a"}"#, keys: ["b", "c"])?.code == "bad-task")
  }
}
