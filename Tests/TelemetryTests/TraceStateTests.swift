import Telemetry
import Testing

/// `tracestate`: passed on as it came, or not at all.
@Suite struct TraceStateTests {
  @Test(arguments: [
    ["congo=t61rcWkgMzE"], ["rojo=00f067aa0ba902b7,congo=t61rcWkgMzE"], ["a=1", "b=2"], ["a=1 , b=2,"], ["4x@sys=ab c"],
    ["a_-*/0=!~"], [String(repeating: "k", count: 255) + "=" + String(repeating: "v", count: 256)],
    [(1...32).map { "k\($0)=v" }.joined(separator: ",")],
  ])
  func `what is as the standard has it comes out as it came`(_ fields: [String]) {
    #expect(TraceState(fields)?.text == fields.joined(separator: ","))
  }

  @Test(arguments: [
    [], [""], [" , ,"], ["a"], ["=1"], ["a="], ["A=1"], ["0a=1"], ["a=1=2"], ["a=\u{e9}"], ["a=1\u{7f}"], ["a=1", "b"],
    ["a@=1"], ["@a=1"], ["a@b@c=1"], ["a@0b=1"], ["_a@b=1"], ["t@abcdefghijklmno=1"], ["a b=1"],
    ["a=" + String(repeating: "v", count: 257)], [String(repeating: "k", count: 257) + "=v"],
    [(1...33).map { "k\($0)=v" }.joined(separator: ",")],
    [String(repeating: "k", count: 254) + "=" + String(repeating: "v", count: 256), "b="],
    [String(repeating: "k", count: 256) + "=" + String(repeating: "v", count: 256)],
  ])
  func `what breaks the standard, and more than is asked of us, is dropped`(_ fields: [String]) {
    #expect(TraceState(fields) == nil)
  }

  @Test func `each step of a trace has it, and it is part of none that begins`() throws {
    let state = try #require(TraceState(["congo=1"]))
    var random = SystemRandomNumberGenerator()
    let context = try #require(
      TraceContext(traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", state: state))
    #expect(context.child(using: &random).child(using: &random).state == state)
    #expect(TraceContext.generate(using: &random).state == nil)
  }
}
