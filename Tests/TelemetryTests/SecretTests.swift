import Telemetry
import Testing

struct SecretTests {
  private static let text = "hunter2-hunter2"

  private struct Holder {
    let name = "db"
    let password = Secret(SecretTests.text)
  }

  private enum Failure: Error {
    case rejected(Secret)
  }

  /// Each way in which Swift prints a value.
  private static func printed(_ value: Any) -> [String] {
    var dumped = ""
    dump(value, to: &dumped)
    var written = ""
    print(value, to: &written)
    var debugged = ""
    debugPrint(value, to: &debugged)
    let mirrored = Mirror(reflecting: value).children.map { "\($0)" }.joined()
    return ["\(value)", String(describing: value), String(reflecting: value), dumped, written, debugged, mirrored]
  }

  @Test func `a secret prints redacted, whichever way it is printed`() {
    let secret = Secret(Self.text)
    #expect("\(secret)" == "[redacted]")
    #expect(secret.description == "[redacted]")
    #expect(secret.debugDescription == "[redacted]")
    #expect(String(reflecting: secret) == "[redacted]")
    #expect(Mirror(reflecting: secret).children.isEmpty)
    var dumped = ""
    dump(secret, to: &dumped)
    #expect(dumped == "- [redacted]\n")
  }

  @Test func `a secret inside of something stays redacted`() {
    let secret = Secret(Self.text)
    let bytes = Secret(bytes: Array(Self.text.utf8))
    let things: [Any] = [
      secret, bytes, Optional(secret) as Any, [secret], ["key": secret], (secret, 1), Holder(),
      Failure.rejected(secret),
      LogValue.secret(secret), LogValue.list([.secret(secret)]), ["password": .secret(secret)] as LogFields,
    ]
    for thing in things {
      for text in Self.printed(thing) {
        #expect(!text.contains("hunter2"))
        #expect(!text.contains("104, 117, 110"), "The bytes of the secret are in \(text)")
      }
    }
  }

  @Test func `a secret is redacted in a log line, wherever it stands`() throws {
    let sink = MemorySink()
    let secret = Secret(Self.text)
    sink.makeLog().with("bound", .secret(secret)).info(
      "m", ["direct": .secret(secret), "list": [.secret(secret)], "text": "is \(secret)", "bound2": "\(Holder())"])
    let object = try #require(try sink.objects().first)
    #expect(object["bound"] as? String == "[redacted]")
    #expect(object["direct"] as? String == "[redacted]")
    #expect(object["list"] as? [String] == ["[redacted]"])
    #expect(object["text"] as? String == "is [redacted]")
    #expect(!sink.text.contains("hunter2"))
  }

  @Test func `revealing gives it back`() {
    #expect(Secret(Self.text).reveal() == Array(Self.text.utf8))
    #expect(Secret(bytes: [0, 255]).reveal() == [0, 255])
  }

  @Test func `secrets are equal when their bytes are`() {
    #expect(Secret("abc") == Secret(bytes: [97, 98, 99]))
    #expect(Secret("abc") != Secret("abd"))
    #expect(Secret("abc") != Secret("bbc"))
    #expect(Secret("abc") != Secret("ab"))
    #expect(Secret("") == Secret(bytes: []))
  }
}
