// libFuzzer target for JSON-RPC, both sides of it: `scripts/fuzz SECONDS a2a-rpc`.
//
// The first byte chooses the version that is asked for, the rest is a body: a request to the server's reader, an answer
// and an event to the client's. What is read can be written and read again, and is the same; what is refused says why
// in a sentence.

import A2A
import HTTP

@c(LLVMFuzzerTestOneInput)
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = unsafe [UInt8](UnsafeBufferPointer(start: start, count: count))
  guard let first = input.first else { return 0 }
  let version: ProtocolVersion = first & 1 == 0 ? .v1 : .v0_3
  let body = Array(input.dropFirst())
  readRequest(body, version)
  let dialect = Dialect(.jsonRPC, version)
  let operation = operations[Int(first >> 1) % operations.count]
  readAnswer(body, ClientCall(operation, in: dialect, id: 1))
  readAnswer(body, ClientCall(operation, in: Dialect(.httpJSON, version), id: 1))
  return 0
}

private let operations: [Operation] = [
  .sendMessage(SendMessageRequest(message: Message(id: "m", role: .user, text: "a"))),
  .getTask(GetTaskRequest(id: "t")), .listTasks(ListTasksRequest()),
  .getPushConfig(PushConfigRequest(taskID: "t", id: "c")), .listPushConfigs(ListPushConfigsRequest(taskID: "t")),
  .deletePushConfig(PushConfigRequest(taskID: "t", id: "c")), .getExtendedCard(GetExtendedCardRequest()),
]

private func readRequest(_ body: [UInt8], _ version: ProtocolVersion) {
  let fields = HTTPFields([("a2a-version", version.rawValue)])
  do throws(CallRefused) {
    let call = try JSONRPCReader.read(body: body, fields: fields, query: [])
    let again = ClientCall(call.operation, in: call.dialect, id: 1)
    let copy = try JSONRPCReader.read(body: again.body, fields: fields, query: [])
    precondition(copy.operation == call.operation, "A call that was read and written reads otherwise.")
    let copied = ClientCall(copy.operation, in: call.dialect, id: 1)
    precondition(copied.body == again.body, "A call that was written twice is written otherwise.")
  } catch {
    precondition(error.error.message.utf8.allSatisfy { 0x20...0x7e ~= $0 }, "A refusal is not printable ASCII.")
    precondition(error.error.message.utf8.count < 600, "A refusal is too long.")
    let call = ClientCall(operations[1], in: Dialect(.jsonRPC, version), id: 1)
    let told = failure { () throws(A2AError) in
      _ = try call.event(type: "error", data: error.answer.body)
    }
    precondition(told?.code == error.error.code, "A refusal is read as another one.")
  }
}

private func readAnswer(_ body: [UInt8], _ call: ClientCall) {
  for status in [HTTPStatus.ok, .badRequest] {
    _ = failure { () throws(A2AError) in
      _ = try call.result(status: status, mediaType: "application/json", body: body)
    }
  }
  for type in ["message", "error"] {
    _ = failure { () throws(A2AError) in _ = try call.event(type: type, data: body) }
  }
  _ = failure { () throws(A2AError) in
    let event = try TaskEvent(readingPushBody: body)
    let again = try TaskEvent(readingPushBody: event.pushBody())
    precondition(again == event, "An event that was read and written reads otherwise.")
  }
}

private func failure(_ body: () throws(A2AError) -> Void) -> A2AError? {
  do throws(A2AError) {
    try body()
    return nil
  } catch {
    precondition(!error.message.isEmpty, "An error says nothing.")
    return error
  }
}
