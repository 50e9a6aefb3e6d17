import JSON
import Testing

/// What cannot become JSON stops the program instead of reaching a peer.
struct JSONWriterMisuseTests {
  @Test func `a text without a value traps when it is asked for`() async {
    await #expect(processExitsWith: .failure) { _ = JSONWriter().bytes }
  }

  @Test func `a second value at the top traps`() async {
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.null()
      writer.null()
    }
  }

  @Test func `a value without a key in an object traps`() async {
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.object { $0.null() }
    }
  }

  @Test func `a key without a value traps`() async {
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.object { $0.key("a") }
    }
  }

  @Test func `two keys in a row trap`() async {
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.object {
        $0.key("a")
        $0.member("b", 1)
      }
    }
  }

  @Test func `a member outside an object traps`() async {
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.array { $0.member("a", 1) }
    }
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.member("a", 1)
    }
  }

  @Test func `an unfinished text traps when it is asked for`() async {
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.object { _ = $0.bytes }
    }
  }

  @Test func `a number that is not finite traps`() async {
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.number(Double.nan)
    }
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.number(-Double.infinity)
    }
  }
}
