// libFuzzer target for what clients send over `/ws`: `scripts/fuzz SECONDS clientmessage`.
//
// The input is a text. What is read keeps to its limits, what is refused says why in a sentence and names the message by its id, and a
// message gives the same alone and in an array.

import JSON
import Messages

/// Public so that the symbol is there for the fuzzer to call.
@c(LLVMFuzzerTestOneInput)
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = unsafe [UInt8](UnsafeBufferPointer(start: start, count: count))
  let messages = ClientMessageReader.read(input)
  let counts = 1...ClientMessageReader.countLimit
  precondition(counts.contains(messages.count), "There is no answer, or there are too many.")
  for message in messages { check(message) }
  if let value = try? JSONValue(parsing: input), value.kind == .object {
    let twice = ClientMessageReader.read(Array("[".utf8) + input + Array(",".utf8) + input + Array("]".utf8))
    precondition(twice.count == 2, "Two messages are not two.")
    let alone = words(of: messages[0])
    for message in twice { precondition(words(of: message) == alone, "In an array it says otherwise.") }
  }
  return 0
}

private func check(_ message: Result<ClientMessage, ClientFault>) {
  switch message {
  case .success(let message):
    checkID(message.id)
    if case .subscribe(let tasks?, _) = message.order {
      precondition((1...ClientMessageReader.taskLimit).contains(tasks.count), "Too many tasks, or none.")
      precondition(Set(tasks).count == tasks.count && !tasks.contains(""), "A task comes twice, or is none.")
    }
  case .failure(let fault):
    if let id = fault.id { checkID(id) }
    precondition(fault.text.utf8.allSatisfy { 0x20...0x7E ~= $0 }, "A fault is not printable ASCII.")
    precondition(fault.text.utf8.count < 600, "A fault is too long.")
    precondition(fault.text.hasSuffix("."), "A fault is no sentence.")
  }
}

private func checkID(_ id: String) {
  precondition((1...128).contains(id.utf8.count) && id.utf8.allSatisfy { 0x21...0x7E ~= $0 }, "A bad id was taken.")
}

private func words(of message: Result<ClientMessage, ClientFault>) -> String {
  switch message {
  case .success(let message): "\(message.id) \(message.order)"
  case .failure(let fault): "\(fault.id ?? "-") \(fault.code) \(fault.text)"
  }
}
