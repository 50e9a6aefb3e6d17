import HTTP
import Testing

@testable import Wire
@testable import signalbox

struct LanguageFailureTests {
  private func failure(_ code: Int, _ body: String = "", retryAfter: String? = nil) -> LanguageFailure {
    var fields = HTTPFields()
    if let retryAfter { fields["retry-after"] = retryAfter }
    return LanguageFailure(HTTPStatus(code: code), fields, Array(body.utf8))
  }

  @Test(arguments: [
    (400, LanguageFailure.Class.refused, false), (401, .authentication, false), (403, .authentication, false),
    (404, .model, false), (413, .refused, false), (302, .refused, false), (429, .rate, true), (500, .server, true),
    (502, .server, true), (503, .server, true), (529, .server, true), (204, .refused, false),
  ])
  func `a status has its class`(code: Int, kind: LanguageFailure.Class, isRetryable: Bool) {
    let failure = failure(code)
    #expect(failure.kind == kind)
    #expect(failure.isRetryable == isRetryable)
    #expect(failure.text.contains("\(code)"))
  }

  @Test func `what the server says is told, and what to look at`() {
    let body = ModelWire.error("The model gpt-9 does not exist.")
    #expect(failure(404, body).text.contains("The model gpt-9 does not exist."))
    #expect(failure(404, body).text.contains("OPENAI_MODEL"))
    #expect(failure(401, body).text.contains("OPENAI_API_KEY"))
    for nonsense in ["", "<html>", "{\"error\":7}", "{\"error\":{\"message\":[]}}"] {
      #expect(failure(500, nonsense).text == "The model's server answered 500.")
    }
  }

  @Test(
    arguments: [
      ("7", Duration.seconds(7)), ("0", .zero), ("86400", .seconds(86_400)), ("86401", nil), ("-1", nil), ("1.5", nil),
      ("Wed, 21 Oct 2026 07:28:00 GMT", nil), ("", nil),
    ] as [(String, Duration?)])
  func `Retry-After is seconds`(text: String, wait: Duration?) {
    #expect(failure(429, retryAfter: text).retryAfter == wait)
    #expect(failure(503, retryAfter: text).retryAfter == wait)
    #expect(failure(401, retryAfter: text).retryAfter == nil)
  }

  @Test(arguments: [
    (ClientError.Reason.timedOut(.total, after: .seconds(1)), LanguageFailure.Class.timeout),
    (.timedOut(.connect, after: .seconds(1)), .timeout), (.brokenOff("the server closed it"), .cut),
    (.notAnEventStream("status 200"), .nonsense), (.bodyTooLarge(limit: 1), .nonsense), (.unresolved("no"), .network),
    (.unreachable([]), .network), (.untrusted("expired"), .network), (.closed("it is closed"), .network),
  ])
  func `a call that went wrong has its class, and is not tried again`(
    reason: ClientError.Reason, kind: LanguageFailure.Class
  ) {
    let failure = LanguageFailure(ClientError(reason, "model.example:443"))
    #expect(failure.kind == kind)
    #expect(!failure.isRetryable)
    #expect(failure.text.contains("model.example:443"))
  }

  @Test func `the key is not told, wherever a server puts it`() {
    let key = "sk-abc.123"
    let long = String(repeating: "x", count: 395) + key
    for said in [key, "Bearer \(key) and \(key)", long] {
      let told = failure(401, ModelWire.error(said)).told(without: key)
      #expect(!told.text.contains("sk-abc"), "\(told.text)")
      #expect(told.kind == .authentication)
    }
    #expect(failure(401, ModelWire.error("No such key.")).told(without: key).text.contains("No such key."))
    #expect(failure(401, ModelWire.error("No such key.")).told(without: nil).text.contains("No such key."))
  }

  @Test func `a long story is cut`() {
    let told = failure(500, ModelWire.error(String(repeating: "y", count: 90_000))).told(without: "k")
    #expect(told.text.count < 500)
  }
}
