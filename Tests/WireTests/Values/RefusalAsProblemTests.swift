import HTTP
import TestSupport
import Testing

@testable import Wire

@Suite struct RefusalAsProblemTests {
  private func body(_ response: Response) -> String {
    guard case .bytes(let bytes) = response.body else { return "" }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func `a refusal becomes a problem as RFC 9457 has it`() {
    let response = Response.problem(Refusal(.notFound, "There is no task 7."))
    #expect(response.status == .notFound)
    #expect(
      body(response)
        == #"{"type":"about:blank","title":"Not Found","status":404,"code":"not-found","detail":"There is no task 7."}"#
    )
    #expect(response.fields["content-type"] == "application/problem+json")
  }

  @Test func `a problem is never stored`() {
    #expect(Response.problem(Refusal(.conflict, "No.")).fields["cache-control"] == "no-store")
  }

  @Test func `the fields of a refusal go along`() {
    let refusal = Refusal(.methodNotAllowed, "No.", fields: HTTPFields([("allow", "GET"), ("content-type", "x/y")]))
    let response = Response.problem(refusal)
    #expect(response.fields["allow"] == "GET")
    #expect(response.fields.values(of: "content-type") == ["application/problem+json"])
  }

  @Test func `the facts of a refusal are members beside the others`() {
    let facts = Array(#"{"by":"ana","at":"2026-03-01T09:30:00.000Z"}"#.utf8)
    let problem = body(Response.problem(Refusal(.conflict, "No.", code: "answered", facts: facts)))
    #expect(problem.hasSuffix(#""code":"answered","detail":"No.","by":"ana","at":"2026-03-01T09:30:00.000Z"}"#))
  }

  @Test(arguments: [nil, "{}"]) func `a refusal without facts has the members of all`(facts: String?) {
    let problem = body(Response.problem(Refusal(.conflict, "No.", facts: facts.map { Array($0.utf8) })))
    #expect(problem.hasSuffix(#""detail":"No."}"#))
  }

  @Test func `what a detail quotes cannot break out of it`() {
    let response = Response.problem(Refusal(.badRequest, "The name \"a\\b\"\nis none."))
    #expect(body(response).contains(#""detail":"The name \"a\\b\"\nis none.""#))
  }
}
