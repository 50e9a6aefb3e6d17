import Testing

@testable import signalbox

struct WebFolderTests {
  private let scratch: Scratch

  init() throws {
    scratch = try Scratch()
  }

  private func find(_ current: String, _ program: String) -> String? {
    WebFolder.find(from: "\(scratch.path)/\(current)", executable: "\(scratch.path)/\(program)")
      .map { String($0.dropFirst(scratch.path.count + 1)) }
  }

  @Test func `it is looked for upwards from here, then upwards from the program, then where packages put it`() throws {
    #expect(find("a/b", "opt/bin/signalbox") == nil)
    try scratch.write("opt/share/signalbox/web/index.html", "Signalbox")
    #expect(find("a/b", "opt/bin/signalbox") == "opt/share/signalbox/web")
    try scratch.write("opt/web/index.html", "Signalbox")
    #expect(find("a/b", "opt/bin/signalbox") == "opt/web")
    try scratch.write("a/web/index.html", "Signalbox")
    #expect(find("a/b", "opt/bin/signalbox") == "a/web")
    try scratch.write("a/b/web/index.html", "Signalbox")
    #expect(find("a/b", "opt/bin/signalbox") == "a/b/web")
  }

  @Test func `sample alerts are those that lie beside the pages, with their index`() throws {
    let web = "\(scratch.path)/a/web"
    try scratch.write("a/examples/alerts/one.xml", "<Alert/>")
    #expect(WebFolder.samples(beside: web) == nil)
    try scratch.write("a/examples/alerts/index.json", "[]")
    #expect(WebFolder.samples(beside: web) == "\(scratch.path)/a/examples/alerts")
  }

  @Test func `somebody's own pages are not published because they lie there`() throws {
    try scratch.write("a/web/index.html", "My diary")
    #expect(find("a", "opt/bin/signalbox") == nil)
  }
}
