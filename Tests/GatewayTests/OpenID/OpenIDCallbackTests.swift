import HTTP
import Telemetry
import Testing
import Wire

@testable import Gateway

@Suite struct OpenIDCallbackTests {
  private func callback(_ query: String) throws(OpenIDFault) -> OpenIDCallback {
    try OpenIDCallback(QueryItem.parse(query))
  }

  private func fault(_ query: String) -> OpenIDFault? {
    do throws(OpenIDFault) {
      _ = try callback(query)
      return nil
    } catch {
      return error
    }
  }

  private func fault(of callback: OpenIDCallback, namesItself: Bool = false) -> OpenIDFault? {
    do throws(OpenIDFault) {
      _ = try callback.code(from: "https://issuer.example", namesItself: namesItself)
      return nil
    } catch {
      return error
    }
  }

  @Test func `a code comes with its state`() throws {
    let found = try callback("code=a%2Bb&state=s&session_state=other")
    #expect(found == OpenIDCallback(state: "s", issuer: nil, code: "a+b"))
    #expect(try found.code(from: "https://issuer.example", namesItself: false) == Secret("a+b"))
  }

  @Test(arguments: [
    "", "code=a", "code=a&state=", "state=s", "state=s&code=", "state=s&code=a&error=b", "state=s&code=a&code=b",
    "state=s&state=t&code=a", "state=s&code=a&iss=x&iss=x", "state=s&error=a&error=b",
  ])
  func `whatever is missing, doubled or contradicts itself is refused`(_ query: String) {
    #expect(fault(query)?.kind == .request)
    #expect(fault(query)?.status == .badRequest)
  }

  @Test func `an answer of another issuer is refused before anything of it is believed`() throws {
    let issuer = "iss=https%3A%2F%2Fissuer.example"
    #expect(fault(of: try callback("state=s&code=a&\(issuer)"), namesItself: true) == nil)
    for query in ["state=s&code=a", "state=s&error=access_denied"] {
      for other in ["https://issuer.example/", "https://evil.example", "HTTPS://issuer.example", ""] {
        let fault = fault(of: try callback("\(query)&iss=\(PercentEncoding.encode(other))"))
        #expect(fault?.kind == .request, "\(query) \(other)")
        #expect(fault?.advice.contains("not of the issuer") == true)
      }
      #expect(fault(of: try callback(query), namesItself: true)?.kind == .request)
    }
  }

  @Test(arguments: [
    ("access_denied", OpenIDFault.Kind.denied), ("login_required", .denied), ("invalid_scope", .denied),
    ("server_error", .unavailable), ("temporarily_unavailable", .unavailable), ("", .denied),
  ])
  func `an error of the issuer is told`(_ error: String, _ kind: OpenIDFault.Kind) throws {
    let fault = fault(of: try callback("state=s&error=\(error)&error_description=Because+of+%3Cb%3E%0a%C3%A4"))
    #expect(fault?.kind == kind)
    #expect(fault?.advice.contains("\"\(error)\": \"Because of <b>\\x0a\\xc3\\xa4\"") == true, "\(fault?.advice ?? "")")
  }

  @Test func `foreign text does not become a page of its own`() throws {
    let fault = try #require(
      fault(
        of: try callback(
          "state=s&error=%3Cscript%3Ealert(1)%3C%2Fscript%3E&error_description=\(String(repeating: "x", count: 5000))"))
    )
    #expect(fault.advice.utf8.count < 300)
    guard case .bytes(let bytes) = OpenIDPage.failed(fault, again: "/\"><script>").body else {
      Issue.record("The page has no bytes.")
      return
    }
    let page = String(decoding: bytes, as: UTF8.self)
    #expect(!page.contains("<script"))
    #expect(page.contains("&lt;script&gt;alert(1)"))
    #expect(page.contains("href=\"/&quot;&gt;&lt;script&gt;\""))
  }
}

extension OpenIDCallback {
  init(state: String, issuer: String?, code: String) {
    var items = [QueryItem(name: "state", value: state), QueryItem(name: "code", value: code)]
    if let issuer { items.append(QueryItem(name: "iss", value: issuer)) }
    guard let made = try? Self(items) else { preconditionFailure("The test's own callback is wrong.") }
    self = made
  }
}
