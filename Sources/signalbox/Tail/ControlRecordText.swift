import JSON

/// What people and the gateway have done with a task, as its record says it, in words.
enum ControlRecordText {
  /// Nil for what has no such words, and is shown as it is.
  static func text(_ kind: String, _ data: JSONValue) -> String? {
    switch kind {
    case "command": command(data)
    case "verdict": verdict(data)
    case "question": question(data)
    case "answer": answer(data)
    case "note": note(data)
    default: nil
    }
  }

  /// "cancel by kim: It takes too long.", "review by kim, disagree: It was cleared."
  private static func command(_ data: JSONValue) -> String? {
    guard let command = data["command"]?.string else { return nil }
    let said = data["why"]?.string ?? parts(data["message"])
    let opinion = data["opinion"]?.string.map { ", \($0)" } ?? ""
    return joined(by(data, command) + opinion, said)
  }

  /// "cancel refused after 0.4 s: The decision is being written. (kim)"
  private static func verdict(_ data: JSONValue) -> String? {
    guard let verdict = data["verdict"]?.string else { return nil }
    let words = [data["command"]?.string, verdict].compactMap(\.self).joined(separator: " ")
    let time = data["afterMilliseconds"]?.int.map { " after \(Seconds.text(milliseconds: $0)) s" } ?? ""
    return joined(words + time, data["why"]?.string)
  }

  private static func question(_ data: JSONValue) -> String? {
    guard let state = data["state"]?.string else { return nil }
    let name = data["question"]?.string ?? "question"
    switch state {
    case "open":
      let until = data["deadline"]?.string.map { " (until \($0))" } ?? ""
      return joined("\(name) is open\(until)", data["text"]?.string ?? data["form"]?["prompt"]?.string)
    case "claimed":
      return "\(name): \(data["by"]?.string ?? "somebody") is answering"
    case "released":
      return "\(name): nobody is answering any more"
    case "closed":
      let how = data["how"]?.string ?? "closed"
      let by = data["by"]?.string.map { " by \($0)" } ?? ""
      return joined("\(name): \(how)\(by)", data["why"]?.string)
    default:
      return "\(name): \(state)"
    }
  }

  /// "q1 by kim: cleared=yes, note=Seen."
  private static func answer(_ data: JSONValue) -> String? {
    guard let command = data["command"]?.string else { return nil }
    let head = by(data, data["question"]?.string ?? command)
    if data["declined"]?.bool == true { return "\(head): declined" }
    if let values = data["values"], values.kind == .object {
      return joined(head, values.members.map { "\($0.key)=\(value($0.value))" }.joined(separator: ", "))
    }
    return joined(head, data["text"]?.string ?? parts(data["message"]))
  }

  /// "cancel delivered"
  private static func note(_ data: JSONValue) -> String? {
    guard let note = data["note"]?.string else { return nil }
    guard let command = data["command"]?.string else {
      // What else it says stands in members of its own.
      return data.count == 1 ? note : nil
    }
    return joined("\(command) \(note)", data["why"]?.string)
  }

  private static func by(_ data: JSONValue, _ words: String) -> String {
    data["by"]?.string.map { "\(words) by \($0)" } ?? words
  }

  private static func value(_ value: JSONValue) -> String {
    if let text = value.string { return text }
    if let flag = value.bool { return flag ? "yes" : "no" }
    guard value.kind == .array else { return value.description }
    return value.elements.map { $0.string ?? $0.description }.joined(separator: "+")
  }

  private static func parts(_ message: JSONValue?) -> String? {
    guard let parts = message?["parts"], parts.kind == .array else { return nil }
    let texts = parts.elements.compactMap { $0["text"]?.string }
    return texts.isEmpty ? nil : texts.joined(separator: " ")
  }

  private static func joined(_ head: String, _ said: String?) -> String {
    guard let said, !said.isEmpty else { return head }
    return "\(head): \(said)"
  }
}
