import A2A
import HTTP
import JSON
import TestSupport
import Testing

/// Damaged texts: each is read or refused with a sentence, and never traps.
struct MalformedInputTests {
  @Test(arguments: 1...300 as ClosedRange<UInt64>)
  func `a damaged request is read, or refused with an answer that a client can read`(_ seed: UInt64) throws {
    var generator = Generator(seed: seed)
    let operation = generator.operation(generator.pick(OperationName.allCases))
    for dialect in Dialect.all {
      let call = ClientCall(operation, in: dialect, id: 7)
      let body = generator.damaged(call.body)
      do throws(CallRefused) {
        _ = try read(call, body)
      } catch {
        #expect(error.error.message.utf8.allSatisfy { 0x20...0x7E ~= $0 }, "seed \(seed)")
        #expect(throws: A2AError.self) { try call.result(error.answer) }
        let told = #expect(throws: A2AError.self) { try call.event(type: "error", data: error.answer.body) }
        #expect(told?.code == error.error.code)
        #expect(told?.violations == error.error.violations)
      }
    }
  }

  private func read(_ call: ClientCall, _ body: [UInt8]) throws(CallRefused) -> ServerCall? {
    guard call.dialect.binding == .httpJSON else {
      return try JSONRPCReader.read(body: body, fields: call.fields, query: [])
    }
    guard let target = try? RequestTarget(parsing: call.path, method: call.method) else { return nil }
    return try HTTPJSONReader.read(
      method: call.method, path: target.decodedSegments, tenant: nil, query: target.queryItems, fields: call.fields,
      body: body)
  }

  @Test(arguments: 1...300 as ClosedRange<UInt64>)
  func `a damaged answer is read, or is an error that names what was wrong`(_ seed: UInt64) throws {
    var generator = Generator(seed: seed)
    for dialect in Dialect.all {
      let name = generator.pick(OperationName.allCases)
      let operation = generator.operation(name)
      let call = ClientCall(operation, in: dialect, id: 7)
      let replies = try #require(try received(call, tenant: operation.tenant)).replies
      let answer = generator.result(of: name).map(replies.answer) ?? replies.refusal(generator.error())
      let body = generator.damaged(answer.body)
      let event = generator.damaged(replies.event(generator.event(), isLast: generator.flip()))
      _ = try? call.result(status: answer.status, mediaType: answer.mediaType, body: body)
      _ = try? call.event(type: generator.pick(["message", "error", ""]), data: event)
      _ = try? TaskEvent(readingPushBody: event)
      _ = try? AgentCard(reading: generator.damaged(generator.card().encoded()))
    }
  }
}

extension Generator {
  /// The text with something wrong: some bytes changed, or one member's value exchanged for another value.
  fileprivate mutating func damaged(_ text: [UInt8]) -> [UInt8] {
    guard !text.isEmpty else { return random.bytes(count(0...3)) }
    if flip(), let value = try? JSONValue(parsing: text) {
      var left = count(0...60)
      return exchanged(value, &left)
    }
    var damaged = text
    for _ in 0..<count(1...3) {
      let place = count(0...damaged.count - 1)
      switch count(0...2) {
      case 0: damaged[place] = UInt8(truncatingIfNeeded: random.next())
      case 1: damaged.insert(contentsOf: pick(["{", "\"", "null,", "-", "[[", "\\u00"]).utf8, at: place)
      default: damaged.removeSubrange(place..<min(damaged.count, place + count(1...9)))
      }
      if damaged.isEmpty { return [] }
    }
    return damaged
  }

  /// The value with another one in place of one inside: the one that is met when `left` has run out.
  private mutating func exchanged(_ value: JSONValue, _ left: inout Int) -> [UInt8] {
    if left == 0 {
      left = -1
      return Array(anyValue().bytes)
    }
    if left > 0 { left -= 1 }
    var bytes: [UInt8] = []
    switch value.kind {
    case .object:
      for (key, member) in value.members {
        let name = JSONValue.made { $0.string(key) }
        bytes += (bytes.isEmpty ? "{" : ",").utf8 + Array(name.bytes) + Array(":".utf8) + exchanged(member, &left)
      }
      return (bytes.isEmpty ? Array("{".utf8) : bytes) + Array("}".utf8)
    case .array:
      for element in value.elements { bytes += (bytes.isEmpty ? "[" : ",").utf8 + exchanged(element, &left) }
      return (bytes.isEmpty ? Array("[".utf8) : bytes) + Array("]".utf8)
    default:
      return Array(value.bytes)
    }
  }
}
