import HTTP

@testable import signalbox

/// Events as a gateway's streams have them, with the journal `e`.
enum StreamText {
  static func record(_ offset: Int, task: String = "t", seq: Int, kind: String = "event", data: String = "{}")
    -> ReceivedEvent
  {
    let json =
      #"{"offset":\#(offset),"task":"\#(task)","seq":\#(seq),"time":"2026-11-21T07:49:27.000Z","kind":"\#(kind)","#
      + #""origin":"a","data":\#(data)}"#
    return ReceivedEvent(lastEventID: "e.\(offset)", data: Array(json.utf8))
  }

  static func resume(_ status: String, missed: Int? = 0, id: String) -> ReceivedEvent {
    let json = #"{"status":"\#(status)","from":null,"to":"\#(id)","missed":\#(missed.map(String.init) ?? "null")}"#
    return ReceivedEvent(type: "resume", lastEventID: id, data: Array(json.utf8))
  }

  static func bye(_ reason: String, id: String = "") -> ReceivedEvent {
    ReceivedEvent(type: "bye", lastEventID: id, data: Array(#"{"reason":"\#(reason)"}"#.utf8))
  }
}
