import HTTP
import Synchronization
import TestSupport
import Wire

@testable import Gateway

/// A browser, as far as journeys and cookies go: it follows redirects, keeps cookies as it is told, and leaves those at home that belong
/// to another site's journey.
///
/// To a real one all ports of a host are one site. Here each is its own, as hosts of different domains would be.
final class TestBrowser: Sendable {
  /// Where a journey has led.
  struct Page: Sendable {
    let url: ServiceURL
    let status: Int
    let fields: HTTPFields
    let body: [UInt8]
    /// The names of the cookies that the last request brought.
    let cookies: [String]

    var text: String { String(decoding: body, as: UTF8.self) }
    var origin: String { TestBrowser.origin(url) }

    /// Where `<meta http-equiv="refresh">` leads.
    var refresh: String? {
      text.firstMatch(of: /<meta http-equiv="refresh" content="0; url=([^"]*)">/).map {
        String($0.1).replacing("&amp;", with: "&").replacing("&#39;", with: "'")
      }
    }

    var paragraph: String? { text.firstMatch(of: /<p>([^<]*)<\/p>/).map { String($0.1) } }
    var link: String? {
      text.firstMatch(of: /<p class="actions"><a class="button primary" href="([^"]*)">/).map { String($0.1) }
    }
  }

  private struct Cookie: Sendable {
    let value: String
    let isStrict: Bool
  }

  private let client: HTTPClient
  private let jar = Mutex<[String: [String: Cookie]]>([:])

  init(_ client: HTTPClient) {
    self.client = client
  }

  private static func origin(_ url: ServiceURL) -> String { "\(url.scheme.rawValue)://\(url.authority)" }

  /// Goes to a URL and wherever that leads.
  /// - Parameters:
  ///   - page: the page that begins the journey; nil: somebody has typed the URL.
  ///   - stop: a redirect to such a path is not followed: the page is the redirect.
  func visit(_ url: String, from page: Page? = nil, stoppingBefore stop: String? = nil) async throws -> Page {
    var next = try ServiceURL(parsing: url)
    // A redirect through another site makes it that site's journey too.
    var begunBy = [page?.origin].compactMap { $0 }
    for _ in 0..<10 {
      let page = try await ask(next, begunBy)
      guard (300..<400).contains(page.status), let location = page.fields["location"] else { return page }
      let target = location.hasPrefix("/") ? try next.resolving(location) : try ServiceURL(parsing: location)
      if let stop, target.path == stop { return page }
      begunBy.append(page.origin)
      next = target
    }
    throw TooManyRedirects()
  }

  struct TooManyRedirects: Error {}

  private func ask(_ url: ServiceURL, _ begunBy: [String]) async throws -> Page {
    let origin = Self.origin(url)
    let isOwn = begunBy.allSatisfy { $0 == origin }
    let brought = jar.withLock { $0[origin, default: [:]] }.filter { isOwn || !$0.value.isStrict }
    var fields = HTTPFields([
      ("accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"), ("sec-fetch-mode", "navigate"),
      ("sec-fetch-dest", "document"),
      ("sec-fetch-site", begunBy.isEmpty ? "none" : isOwn ? "same-origin" : "cross-site"),
    ])
    if !brought.isEmpty {
      fields["cookie"] = brought.sorted { $0.key < $1.key }.map { "\($0)=\($1.value)" }.joined(separator: "; ")
    }
    let response = try await client.send(ClientRequest(.get, url, fields: fields))
    for field in response.fields.values(of: "set-cookie") { keep(field, of: origin) }
    return Page(
      url: url, status: response.status.code, fields: response.fields,
      body: try await response.body.collect(limit: 1 << 20), cookies: brought.keys.sorted())
  }

  /// A cookie that does not keep to the rules of its name (RFC 6265bis section 4.1.3.2) is not kept.
  private func keep(_ field: String, of origin: String) {
    let parts = field.split(separator: ";").map { $0.drop { $0 == " " } }
    let attributes = parts.dropFirst().map { $0.lowercased() }
    guard let pair = parts.first, let equals = pair.firstIndex(of: "="), pair.hasPrefix("__Host-"),
      attributes.contains("secure"), attributes.contains("path=/"), attributes.contains("httponly"),
      !attributes.contains(where: { $0.hasPrefix("domain") })
    else { return }
    let name = String(pair[..<equals])
    let cookie = Cookie(
      value: String(pair[pair.index(after: equals)...]), isStrict: attributes.contains("samesite=strict"))
    jar.withLock { $0[origin, default: [:]][name] = attributes.contains("max-age=0") ? nil : cookie }
  }

  // MARK: What somebody with the browser in hands can do

  func cookie(_ name: String, of origin: String) -> String? {
    jar.withLock { $0[origin]?[name]?.value }
  }

  func forget(_ name: String, of origin: String) {
    jar.withLock { $0[origin]?[name] = nil }
  }

  func put(_ name: String, _ value: String, of origin: String) {
    jar.withLock { $0[origin, default: [:]][name] = Cookie(value: value, isStrict: false) }
  }
}
