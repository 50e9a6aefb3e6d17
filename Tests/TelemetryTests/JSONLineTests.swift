import Telemetry
import Testing

struct JSONLineTests {
  @Test func `an object of every kind of member is written in order`() {
    var line = JSONLine()
    line.add("type", "about:blank")
    line.add("status", 404)
    line.add("share", 0.25)
    line.add("retry", false)
    line.add("allowed", ["GET", "HEAD"])
    line.add("wait", .duration(.milliseconds(1500)))
    #expect(
      String(decoding: line.finish(), as: UTF8.self)
        == #"{"type":"about:blank","status":404,"share":0.25,"retry":false,"allowed":["GET","HEAD"],"wait":1.5}"#)
  }

  @Test func `an empty object is an object`() {
    #expect(JSONLine().finish() == Array("{}".utf8))
    #expect(JSONLine().finishLine() == Array("{}\n".utf8))
  }

  @Test(arguments: hostileTexts)
  func `any text comes back from another parser as it was, from one line`(text: String) throws {
    var line = JSONLine(capacity: 0)
    line.add("value", text)
    line.add(text + "key", 1)
    let bytes = line.finish()
    let object = try jsonObject(bytes)
    #expect((object["value"] as? String)?.unicodeScalars.elementsEqual(text.unicodeScalars) == true)
    #expect(object[text + "key"] as? Int == 1)
    #expect(!hasLineBreakOrControl(bytes))
  }

  @Test func `every scalar below U+3000 comes back as it was`() throws {
    for value in UInt32(0)..<0x3000 {
      let text = String(try #require(Unicode.Scalar(value)))
      var line = JSONLine()
      line.add("v", text)
      let bytes = line.finish()
      #expect((try jsonObject(bytes)["v"] as? String)?.unicodeScalars.elementsEqual(text.unicodeScalars) == true)
      #expect(!hasLineBreakOrControl(bytes))
    }
  }

  @Test(arguments: [
    (0, "0"), (9, "9"), (10, "10"), (-1, "-1"), (1_234_567_890, "1234567890"), (.max, "9223372036854775807"),
    (.min, "-9223372036854775808"),
  ])
  func `whole numbers are exact`(number: Int, text: String) {
    var line = JSONLine()
    line.add("n", number)
    #expect(String(decoding: line.finish(), as: UTF8.self) == "{\"n\":\(text)}")
  }

  @Test(arguments: [
    (0.1, "0.1"), (-0.0, "-0.0"), (1e300, "1e+300"), (.leastNonzeroMagnitude, "5e-324"), (.infinity, "null"),
    (-.infinity, "null"),
    (.nan, "null"),
  ])
  func `other numbers are the shortest exact form, or null`(number: Double, text: String) throws {
    var line = JSONLine()
    line.add("n", number)
    let bytes = line.finish()
    #expect(String(decoding: bytes, as: UTF8.self) == "{\"n\":\(text)}")
    _ = try jsonObject(bytes)
  }

  @Test(arguments: [
    (Duration.zero, "0"), (.microseconds(12), "0.000012"), (.seconds(3), "3"), (.milliseconds(1500), "1.5"),
    (.milliseconds(-1500), "-1.5"), (.nanoseconds(500), "0.000001"), (.nanoseconds(499), "0"),
    (.nanoseconds(-499), "0"), (.seconds(86_400 * 365), "31536000"),
    (.seconds(Int64.max), "9223372036854.775807"), (.seconds(Int64.min), "-9223372036854.775808"),
  ])
  func `durations are seconds, rounded to microseconds and bounded`(duration: Duration, text: String) {
    var line = JSONLine()
    line.add("d", .duration(duration))
    #expect(String(decoding: line.finish(), as: UTF8.self) == "{\"d\":\(text)}")
  }
}
