import HTTP
import Testing

@testable import signalbox

struct ControlRecordTextTests {
  @Test(arguments: [
    ("command", #"{"command":"cancel","id":"c","by":"kim","why":"Too slow."}"#, "cancel by kim: Too slow."),
    (
      "command", #"{"command":"review","id":"r","by":"kim","opinion":"disagree","why":"Cleared."}"#,
      "review by kim, disagree: Cleared."
    ),
    ("command", #"{"command":"review","id":"r","by":"kim","opinion":"accept"}"#, "review by kim, accept"),
    (
      "command", #"{"command":"submit","id":"c","by":"kim","message":{"parts":[{"text":"Look."},{"data":{}}]}}"#,
      "submit by kim: Look."
    ),
    ("command", #"{"command":"resume","id":"c","by":"kim"}"#, "resume by kim"),
    (
      "verdict",
      #"{"verdict":"refused","command":"cancel","id":"c","by":"kim","why":"Writing.","afterMilliseconds":412}"#,
      "cancel refused after 0.4 s: Writing."
    ),
    ("verdict", #"{"verdict":"stopped","command":"cancel","id":"c","by":"kim"}"#, "cancel stopped"),
    (
      "question",
      #"{"question":"q1","state":"open","kind":"input","text":"Cleared?","deadline":"2026-11-21T08:00:00Z"}"#,
      "q1 is open (until 2026-11-21T08:00:00Z): Cleared?"
    ),
    ("question", #"{"question":"q1","state":"claimed","by":"kim","until":"x"}"#, "q1: kim is answering"),
    ("question", #"{"question":"q1","state":"released","by":"kim"}"#, "q1: nobody is answering any more"),
    (
      "question", #"{"question":"q1","state":"closed","how":"expired","why":"Taken as no."}"#,
      "q1: expired: Taken as no."
    ),
    ("question", #"{"question":"q1","state":"closed","how":"answered","by":"kim"}"#, "q1: answered by kim"),
    (
      "answer",
      #"{"command":"answer","id":"c","by":"kim","question":"q1","values":{"cleared":true,"note":"Seen","of":["a","b"],"n":7}}"#,
      "q1 by kim: cleared=yes, note=Seen, of=a+b, n=7"
    ),
    ("answer", #"{"command":"answer","id":"c","by":"kim","question":"q1","declined":true}"#, "q1 by kim: declined"),
    ("answer", #"{"command":"answer","id":"c","by":"kim","question":"q1","text":"No."}"#, "q1 by kim: No."),
    ("note", #"{"note":"delivered","command":"cancel","id":"c"}"#, "cancel delivered"),
    ("note", #"{"note":"handed-over"}"#, "handed-over"),
    ("note", #"{"note":"queued","place":3}"#, #"{"note":"queued","place":3}"#),
    ("verdict", #"{"n":1}"#, #"{"n":1}"#), ("command", "[1]", "[1]"),
  ])
  func `what people and the gateway do is told in words`(kind: String, data: String, text: String) throws {
    let record = StreamRecord(StreamText.record(1, seq: 1, kind: kind, data: data).data)
    let said = RecordText(try #require(record))
    #expect(said.label == kind && said.text == text)
  }

  @Test func `no reason can write on the terminal`() throws {
    let data = #"{"command":"cancel","by":"k\u001bim","why":"a\u001b[2J\nb"}"#
    let record = StreamRecord(StreamText.record(1, seq: 1, kind: "command", data: data).data)
    #expect(RecordText(try #require(record)).text == #"cancel by k\u001bim: a\u001b[2J b"#)
  }
}
