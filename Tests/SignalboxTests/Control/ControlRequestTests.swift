import A2A
import JSON
import Testing

@testable import signalbox

struct ControlRequestTests {
  @Test(
    arguments: [
      (.cancel(task: "t", why: nil), #"{"type":"cancel","id":"i","task":"t"}"#),
      (.pause(task: "t", why: "W"), #"{"type":"pause","id":"i","task":"t","why":"W"}"#),
      (.resume(task: "t"), #"{"type":"resume","id":"i","task":"t"}"#),
      (.claim(task: "t", question: "q1"), #"{"type":"claim","id":"i","task":"t","question":"q1"}"#),
      (.release(task: "t", question: "q1"), #"{"type":"release","id":"i","task":"t","question":"q1"}"#),
      (
        .answer(task: "t", question: "q1", .words([.init(name: "cleared", text: "yes")])),
        #"{"type":"answer","id":"i","task":"t","question":"q1","values":{"cleared":"yes"}}"#
      ),
      (
        .answer(
          task: "t", question: "q1",
          .values([.init(name: "n", value: .integer(7)), .init(name: "l", value: .texts(["a", "b"]))])),
        #"{"type":"answer","id":"i","task":"t","question":"q1","values":{"n":7,"l":["a","b"]}}"#
      ),
      (
        .answer(task: "t", question: "q1", .declined),
        #"{"type":"answer","id":"i","task":"t","question":"q1","decline":true}"#
      ),
      (
        .answer(task: "t", question: "q1", .text("4711")),
        #"{"type":"answer","id":"i","task":"t","question":"q1","text":"4711"}"#
      ),
      (
        .cancelMany(.all, agent: "a", why: "W", isRehearsal: false),
        #"{"type":"cancel","id":"i","filter":"all","agent":"a","why":"W"}"#
      ),
      (
        .cancelMany(.mine, agent: nil, why: nil, isRehearsal: true),
        #"{"type":"cancel","id":"i","filter":"mine","dryRun":true}"#
      ),
      (.questions, #"{"type":"questions","id":"i"}"#),
      (.refresh(token: "x"), #"{"type":"refresh","id":"i","token":"x"}"#),
    ] as [(ControlRequest.Act, String)])
  func `each request is a message of signalbox_v1`(act: ControlRequest.Act, text: String) {
    #expect(ControlRequest(id: "i", act: act).text == text)
  }

  @Test func `ids are new each time, and such as the gateway takes`() {
    let ids = (0..<100).map { _ in CommandID.make() }
    #expect(Set(ids).count == 100 && ids.allSatisfy(CommandID.isOne))
    for text in ["", "a b", "ä", String(repeating: "x", count: 129), "a\n"] { #expect(!CommandID.isOne(text)) }
  }

  @Test func `a refusal says who was first and which fields do not fit`() throws {
    let refusal = ControlRefusal(
      try JSONValue(
        parsing: SocketText.nack(
          "i", "bad-answer", "It does not fit.",
          more: #","by":"k\u001bim","violations":[{"field":"cleared","description":"must be one of yes, no"}]"#)))
    #expect(refusal.sentence == "It does not fit. (k\\u001bim) Fields: cleared must be one of yes, no.")
    #expect(refusal.by == "k\\u001bim" && refusal.pause == nil)
    let busy = ControlRefusal(try JSONValue(parsing: SocketText.nack("i", "busy", "Wait.", more: #","retryAfter":3"#)))
    #expect(busy.pause == .seconds(3))
  }
}
