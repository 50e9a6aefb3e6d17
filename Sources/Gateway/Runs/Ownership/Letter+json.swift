import A2A
import HTTP
import JSON
import Journal

extension Order {
  init?(reading value: JSONValue) {
    guard let number = value["number"]?.string, let from = value["from"]?.string, let task = value["task"]?.string,
      let command = value["command"].flatMap(RunCommand.init(reading:))
    else { return nil }
    self.init(number: number, from: Fence(lease: from), task: task, command: command)
  }

  func write(into object: inout JSONWriter) {
    object.member("number", number)
    object.member("from", from.lease)
    object.member("task", task)
    object.object("command") { command.write(into: &$0) }
  }
}

extension OrderReply {
  init?(reading value: JSONValue) {
    guard let number = value["number"]?.string else { return nil }
    if let receipt = value["taken"].flatMap(CommandReceipt.init(reading:)) {
      self.init(number: number, outcome: .taken(receipt))
    } else if let refusal = value["refused"].flatMap(OrderRefusal.init(reading:)) {
      self.init(number: number, outcome: .refused(refusal))
    } else if value["moving"]?.bool == true {
      self.init(number: number, outcome: .moving)
    } else {
      return nil
    }
  }

  func write(into object: inout JSONWriter) {
    object.member("number", number)
    switch outcome {
    case .taken(let receipt): object.object("taken") { receipt.write(into: &$0) }
    case .refused(let refusal): object.object("refused") { refusal.write(into: &$0) }
    case .moving: object.member("moving", true)
    }
  }
}

/// A refusal on its way from one gateway to another.
struct OrderRefusal: Sendable, Equatable {
  let refusal: Refusal

  init(_ refusal: Refusal) {
    self.refusal = refusal
  }

  init?(reading value: JSONValue) {
    guard let status = value["status"]?.int, 400...599 ~= status, let detail = value["detail"]?.string else {
      return nil
    }
    var fields = HTTPFields()
    if let pause = value["retryAfter"]?.string, pause.utf8.allSatisfy({ (0x30...0x39).contains($0) }), !pause.isEmpty {
      fields = HTTPFields([("retry-after", pause)])
    }
    refusal = Refusal(
      HTTPStatus(code: Int(status)), detail, code: value["code"]?.string, fields: fields,
      facts: value["facts"]?.string.map { Array($0.utf8) })
  }

  func write(into object: inout JSONWriter) {
    object.member("status", refusal.status.code)
    object.member("detail", refusal.detail)
    object.member("code", ifPresent: refusal.code)
    object.member("retryAfter", ifPresent: refusal.fields["retry-after"])
    object.member("facts", ifPresent: refusal.facts.map { String(decoding: $0, as: UTF8.self) })
  }
}

extension CommandReceipt {
  init?(reading value: JSONValue) {
    guard let id = value["id"]?.string, let task = value["task"]?.string, let command = value["command"]?.string,
      let seq = value["seq"]?.int
    else { return nil }
    self.init(id: id, task: task, command: command, seq: seq)
    isRepeated = value["repeated"]?.bool ?? false
    verdict = value["verdict"].flatMap { Verdict(reading: $0, seq: value["verdictSeq"]?.int ?? 0) }
  }

  func write(into object: inout JSONWriter) {
    object.member("id", id)
    object.member("task", task)
    object.member("command", command)
    object.member("seq", seq)
    object.member("repeated", isRepeated)
    guard let verdict else { return }
    object.object("verdict") { verdict.write(into: &$0) }
    object.member("verdictSeq", verdict.seq)
  }
}
