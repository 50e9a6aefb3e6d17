import Testing

@testable import Gateway

@Suite struct ReturnPathTests {
  @Test(arguments: ["/", "/tasks", "/tasks/7?tab=log&x=%2F", "/a/b/", "/?next=https://elsewhere.example/", "/%2F/x"])
  func `a path of this gateway is kept as it is`(_ path: String) {
    #expect(ReturnPath(path).description == path)
  }

  @Test(arguments: [
    "", "tasks", "//elsewhere.example", "///elsewhere.example", "/\\elsewhere.example", "\\\\elsewhere.example",
    "/a\\b", "https://elsewhere.example/", "https:/elsewhere.example", "javascript:alert(1)", " /tasks",
    "/\t/elsewhere.example", "/\n/elsewhere.example", "/\r\nset-cookie: a=b", "/tasks\0", "/b\u{e4}r", "/a b",
    "/<script>",
    "/\"onmouseover=x", "/sign-in#somebody-elses-link", "/%zz", "/../..//elsewhere.example", "/.//elsewhere.example",
    "/%2e%2e/%2fx", "/a%00b", "/a?b=\\c", "/a?b c", "/a?b=\u{e4}", "/a?\tb", "/a?b=\u{7f}",
  ])
  func `whatever a browser could take for another place is the front page`(_ text: String) {
    #expect(ReturnPath(text) == .frontPage)
  }

  @Test func `nothing is the front page, and so is what is too long`() {
    #expect(ReturnPath(nil) == .frontPage)
    #expect(ReturnPath("/" + String(repeating: "a", count: 1999)).description.utf8.count == 2000)
    #expect(ReturnPath("/" + String(repeating: "a", count: 2000)) == .frontPage)
  }
}
