import HTTP
import Testing

struct NegotiationTests {
  @Test(arguments: [
    ("\"a\"", "\"a\"", true), ("W/\"a\"", "\"a\"", true), ("\"a\"", "W/\"a\"", true), ("W/\"a\"", "W/\"a\"", true),
    ("*", "\"a\"", true), (" * ", "\"a\"", true), ("\"b\", \"a\"", "\"a\"", true), ("\"b\",W/\"a\"", "\"a\"", true),
    ("\"b,\", ,\"a\" ", "\"a\"", true), ("\"x,y\"", "\"x,y\"", true), ("\"\"", "\"\"", true),
    ("", "\"a\"", false), ("\"b\"", "\"a\"", false), ("\"A\"", "\"a\"", false), ("a", "\"a\"", false),
    ("w/\"a\"", "\"a\"", false), ("\"a", "\"a\"", false), ("\"b\" \"a\"", "\"a\"", false), ("x, \"a\"", "\"a\"", false),
    ("*, \"b\"", "\"a\"", false), ("\"b\"x, \"a\"", "\"a\"", false), ("\"a\"\"b\"", "\"b\"", false),
    ("\"b c\", \"a\"", "\"a\"", false), ("W/", "\"a\"", false),
  ])
  func `If-None-Match is compared weakly`(list: String, etag: String, matches: Bool) {
    #expect(EntityTags.matches(ifNoneMatch: list, etag: etag) == matches)
  }

  @Test(
    arguments: [
      (nil, false), ("", false), ("gzip", true), ("GZIP", true), ("x-gzip", true), ("gzip, deflate, br", true),
      ("br", false),
      ("*", true), ("gzip;q=0", false), ("gzip;q=0.000", false), ("gzip;q=0.001", true), ("gzip ; q=1", true),
      ("*;q=0", false), ("*, gzip;q=0", false), ("*;q=0, gzip", true), ("identity;q=0", false),
      ("identity;q=0, *", true), ("gzip;q=0.5, identity", false), ("gzip;q=0.5, identity;q=0.5", true),
      ("identity;q=0.1, gzip;q=0.2", true), ("gzip;q=2", false), ("gzip;q=", false), ("gzip;q=1.001", false),
      ("gzip;q=0.1234", false), ("gzip;q=a", false), ("gzipped", false), ("\r\n", false),
    ] as [(String?, Bool)])
  func `gzip is sent to whom it may be sent`(field: String?, accepts: Bool) {
    #expect(ContentCoding.acceptsGzip(acceptEncoding: field) == accepts)
  }

  @Test(arguments: [
    ("/index.html", "text/html; charset=utf-8"), ("app.js", "text/javascript; charset=utf-8"),
    ("/a.b/style.min.CSS", "text/css; charset=utf-8"), ("/x.svg", "image/svg+xml; charset=utf-8"),
    ("/x.json", "application/json"), ("/f.woff2", "font/woff2"), ("/p.png", "image/png"),
    ("/favicon.ico", "image/x-icon"),
    ("/robots.txt", "text/plain; charset=utf-8"), ("/s.xml", "application/xml; charset=utf-8"),
    ("/m.webmanifest", "application/manifest+json"), ("/hub.mjs", "text/javascript; charset=utf-8"),
    ("/app.js.map", "application/json"),
    ("/x", "application/octet-stream"), ("/a.html/x", "application/octet-stream"), ("", "application/octet-stream"),
    ("/x.", "application/octet-stream"), ("/x.exe", "application/octet-stream"),
  ])
  func `the ending tells the media type`(path: String, type: String) {
    #expect(MediaTypes.forPath(path) == type)
  }

  @Test func `statuses are equal by their codes`() {
    #expect(HTTPStatus(code: 200, reason: "Fine") == .ok)
    #expect(HTTPStatus.ok.description == "200 OK")
    #expect(HTTPStatus.notModified.forbidsBody && HTTPStatus.continue.forbidsBody && !HTTPStatus.ok.forbidsBody)
    #expect(HTTPStatus.contentTooLarge.reason == "Content Too Large")
    #expect(HTTPStatus.versionNotSupported.code == 505)
  }
}
