@testable import signalbox

/// Messages as a gateway's WebSocket has them, with the journal `e`.
enum SocketText {
  static let welcome =
    #"{"type":"welcome","protocol":"signalbox.v1","principal":"kim","roles":["operator"],"epoch":"e","limits":{}}"#

  static func ack(_ id: String, _ more: String = #""seq":3"#) -> String { #"{"type":"ack","id":"\#(id)",\#(more)}"# }

  static func nack(_ id: String, _ code: String, _ message: String, more: String = "") -> String {
    #"{"type":"nack","id":"\#(id)","code":"\#(code)","message":"\#(message)"\#(more)}"#
  }

  static func record(
    _ offset: Int, task: String = "t", seq: Int = 1, kind: String = "event", _ data: String = "{}"
  ) -> String {
    #"{"offset":\#(offset),"task":"\#(task)","seq":\#(seq),"time":"2026-11-21T07:49:27.000Z","kind":"\#(kind)","#
      + #""origin":"a","data":\#(data)}"#
  }

  static func event(
    _ offset: Int, task: String = "t", seq: Int = 1, kind: String = "event", _ data: String = "{}"
  ) -> String {
    #"{"type":"event","cursor":"e.\#(offset)","record":\#(record(offset, task: task, seq: seq, kind: kind, data))}"#
  }

  static func verdict(_ id: String, _ word: String, task: String = "t", why: String? = nil) -> String {
    let why = why.map { #","why":"\#($0)""# } ?? ""
    return #"{"type":"verdict","id":"\#(id)","task":"\#(task)","command":"cancel","verdict":"\#(word)"\#(why),"#
      + #""afterMilliseconds":412,"seq":9,"cursor":"e.9"}"#
  }

  static func task(_ id: String, agent: String = "checker", owner: String = "kim", state: String = "working") -> String
  {
    #"{"id":"\#(id)","title":"","agent":"\#(agent)","owner":"\#(owner)","state":"\#(state)","final":false,"#
      + #""opened":"2026-11-21T07:49:27.000Z","updated":"2026-11-21T07:49:27.000Z"}"#
  }

  static func snapshot(_ tasks: String...) -> String {
    #"{"type":"snapshot","subscription":"s","cursor":"e.0","tasks":[\#(tasks.joined(separator: ","))]}"#
  }
}
