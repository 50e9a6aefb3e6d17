// libFuzzer target for HTTP+JSON: `scripts/fuzz SECONDS a2a-rest`.
//
// The input is a line with method and target, and behind it the body. What is read can be put on the wire again, and is
// the same.

import A2A
import HTTP

@c(LLVMFuzzerTestOneInput)
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = unsafe [UInt8](UnsafeBufferPointer(start: start, count: count))
  let lines = input.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
  let words = lines.isEmpty ? [] : lines[0].split(separator: UInt8(ascii: " "), maxSplits: 1)
  guard words.count == 2, let name = String(validating: words[0], as: UTF8.self), let method = methods[name] else {
    return 0
  }
  guard let raw = String(validating: words[1], as: UTF8.self), raw.utf8.allSatisfy({ 0x21...0x7e ~= $0 }),
    let target = try? RequestTarget(parsing: raw, method: method)
  else { return 0 }
  do throws(CallRefused) {
    guard let call = try read(method, target, lines.count > 1 ? Array(lines[1]) : []) else { return 0 }
    let again = ClientCall(call.operation, in: call.dialect, id: 1)
    // An id with dots for a path, or with a NUL, came in a body and cannot go into a target.
    guard let path = try? RequestTarget(parsing: again.path, method: again.method) else { return 0 }
    // A tenant came in the body or in the query; now it is in the path.
    var segments = path.decodedSegments
    let tenant = call.dialect.version == .v1 ? call.operation.tenant : nil
    if tenant != nil { segments.removeFirst() }
    let copy = try HTTPJSONReader.read(
      method: again.method, path: segments, tenant: tenant, query: path.queryItems, fields: again.fields,
      body: again.body)
    precondition(copy?.dialect == call.dialect, "A call that was read and written is of another dialect.")
    if call.dialect.version == .v1 {
      precondition(copy?.operation == call.operation, "A call that was read and written reads otherwise.")
    } else {
      precondition(copy?.operation.name == call.operation.name, "A call that was read and written is another one.")
    }
  } catch {
    precondition(error.error.message.utf8.allSatisfy { 0x20...0x7e ~= $0 }, "A refusal is not printable ASCII.")
    precondition(400...599 ~= error.answer.status.code, "A refusal has a status that is none.")
  }
  return 0
}

private let methods: [String: HTTPMethod] = ["GET": .get, "POST": .post, "DELETE": .delete]

private func read(
  _ method: HTTPMethod, _ target: RequestTarget, _ body: [UInt8]
) throws(CallRefused) -> ServerCall? {
  let version = target.decodedSegments.first == "v1" ? "0.3" : "1.0"
  return try HTTPJSONReader.read(
    method: method, path: target.decodedSegments, tenant: nil, query: target.queryItems,
    fields: HTTPFields([("a2a-version", version)]), body: body)
}
