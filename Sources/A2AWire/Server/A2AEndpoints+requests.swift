import A2A
import HTTP
import Telemetry
import Wire

// From requests to calls.
extension A2AEndpoints {
  func answerJSONRPC(
    _ request: Request, _ caller: Caller, _ tenants: @escaping Tenants, _ depth: Int
  ) async throws -> Response {
    let body = try await request.body.collect()
    let head = request.head
    do throws(CallRefused) {
      let call = try JSONRPCReader.read(body: body, fields: head.fields, query: head.target.queryItems)
      return await answer(call, IncomingCall(request: request, caller: caller, tenants: tenants, depth: depth))
    } catch {
      return refused(error, request, caller)
    }
  }

  func answerHTTPJSON(
    _ request: Request, _ caller: Caller, _ tenants: @escaping Tenants, _ depth: Int
  ) async throws -> Response {
    let body = try await request.body.collect()
    if let response = await answerAnalyzer(request, body, caller, tenants, depth) { return response }
    do throws(CallRefused) {
      guard let call = try readHTTPJSON(request, body, depth) else { return StatusBody.nothingHere.response() }
      return await answer(call, IncomingCall(request: request, caller: caller, tenants: tenants, depth: depth))
    } catch {
      return refused(error, request, caller)
    }
  }

  /// The protocol's own paths come first; what is none of them may be one behind a tenant's name.
  private func readHTTPJSON(_ request: Request, _ body: [UInt8], _ depth: Int) throws(CallRefused) -> ServerCall? {
    let head = request.head
    let path = Array(head.target.decodedSegments.dropFirst(depth))
    func read(_ path: [String], tenant: String?) throws(CallRefused) -> ServerCall? {
      try HTTPJSONReader.read(
        method: head.method, path: path, tenant: tenant, query: head.target.queryItems, fields: head.fields, body: body)
    }
    if let call = try read(path, tenant: nil) { return call }
    guard let tenant = path.first, !tenant.isEmpty else { return nil }
    return try read(Array(path.dropFirst()), tenant: tenant)
  }

  private func refused(_ refusal: CallRefused, _ request: Request, _ caller: Caller) -> Response {
    telemetry.log.debug(
      "a2a request is no call",
      [
        "request": .string(request.id), "caller": .string(caller.name), "error": .string("\(refusal.error.code)"),
        "reason": .string(refusal.error.message),
      ])
    return Response(refusal.answer)
  }
}

/// A call's surroundings.
struct IncomingCall: Sendable {
  let request: Request
  let caller: Caller
  let tenants: A2AEndpoints.Tenants
  /// Segments of the prefix.
  let depth: Int
}

extension Response {
  init(_ answer: EncodedAnswer) {
    self.init(
      answer.status, fields: HTTPFields([("content-type", answer.mediaType), ("cache-control", "no-store")]),
      body: .bytes(answer.body))
  }
}
