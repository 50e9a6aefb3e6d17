import JSON
import Testing

struct JSONLimitTests {
  @Test(arguments: [1, 2, 64, 512])
  func `nesting is accepted up to the limit and refused at the bracket behind it`(_ depth: Int) throws {
    let limits = JSONLimits(maxDepth: depth)
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
      let core = open == "[" ? "" : "0"
      let deepest = String(repeating: open, count: depth) + core + String(repeating: close, count: depth)
      #expect(try JSONValue(parsing: deepest, limits: limits).count == 1 || depth == 1)
      #expect(throws: JSONError(.tooDeep, at: depth * open.utf8.count)) {
        try JSONValue(parsing: open + deepest, limits: limits)
      }
    }
  }

  @Test func `closed containers do not count as depth`() throws {
    let limits = JSONLimits(maxDepth: 2)
    #expect(try JSONValue(parsing: "[[],[],{},[1]]", limits: limits).count == 4)
    #expect(throws: JSONError(.tooDeep, at: 5)) { try JSONValue(parsing: "[[],[[]]]", limits: limits) }
  }

  @Test func `a million open brackets are refused, not followed`() {
    let text = [UInt8](repeating: 0x5B, count: 1_000_000)
    #expect(throws: JSONError(.tooDeep, at: 64)) { try JSONValue(parsing: text) }
  }

  @Test func `the size is counted in bytes, white space included`() throws {
    let limits = JSONLimits(maxBytes: 4)
    #expect(try JSONValue(parsing: " [] ", limits: limits).kind == .array)
    #expect(throws: JSONError(.tooLarge, at: 4)) { try JSONValue(parsing: " []  ", limits: limits) }
    #expect(throws: JSONError(.tooLarge, at: 4)) { try JSONValue(parsing: "\"\u{1F6A6}\"", limits: limits) }
  }

  @Test func `the default size limit is sixteen mebibytes`() throws {
    let fits = [0x22] + [UInt8](repeating: 0x61, count: (16 << 20) - 2) + [0x22]
    #expect(try JSONValue(parsing: fits).kind == .string)
    #expect(throws: JSONError(.tooLarge, at: 16 << 20)) { try JSONValue(parsing: fits + [0x20]) }
  }

  @Test func `every value counts, at any depth`() throws {
    let text = #"{"a":[1,{"b":null}]}"#
    #expect(try JSONValue(parsing: text, limits: JSONLimits(maxValues: 5)).count == 1)
    #expect(throws: JSONError(.tooManyValues, at: 13)) {
      try JSONValue(parsing: text, limits: JSONLimits(maxValues: 4))
    }
  }

  @Test func `limits that make no sense trap`() async {
    await #expect(processExitsWith: .failure) { _ = JSONLimits(maxBytes: 0) }
    await #expect(processExitsWith: .failure) { _ = JSONLimits(maxBytes: 1 << 29) }
    await #expect(processExitsWith: .failure) { _ = JSONLimits(maxDepth: 513) }
    await #expect(processExitsWith: .failure) { _ = JSONLimits(maxValues: 0) }
  }
}
