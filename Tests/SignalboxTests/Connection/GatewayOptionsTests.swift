import Testing

@testable import signalbox

struct GatewayOptionsTests {
  private func options(_ line: String) throws -> GatewayOptions {
    let (arguments, command) = try TypedCommand.parse("list \(line)")
    return try GatewayOptions(arguments, command)
  }

  @Test func `without options the demo here is asked, as its operator`() throws {
    let options = try options("")
    #expect(options.place == .demo(ready: DemoFolder(".signalbox-demo").ready))
    #expect(options.credential == nil)
  }

  @Test func `a demo can be asked as somebody else`() throws {
    let token = try options("--dir d --token t")
    #expect(token.place == .demo(ready: DemoFolder("d").ready))
    #expect(token.credential == .token(file: "t"))
    #expect(try options("--ready r.json").place == .demo(ready: "r.json"))
    #expect(try options("--cert c --key k").credential == .certificate(file: "c", key: "k"))
  }

  @Test func `another gateway is named with its authority and a credential`() throws {
    let options = try options("--gateway https://a:1 --ca a --token t")
    #expect(options.place == .other(url: "https://a:1", authority: "a"))
    #expect(
      try options.access() == GatewayAccess(url: "https://a:1", authority: "a", credential: .token(file: "t")))
  }

  @Test(arguments: [
    ("--gateway https://a:1 --cert c --key k", "A gateway is named with --gateway and --ca together."),
    ("--ca a --cert c --key k", "A gateway is named with --gateway and --ca together."),
    ("--gateway https://a:1 --ca a", "A credential is needed: --cert and --key, or --token."),
    ("--cert c", "The option --key is needed: a certificate comes with its key."),
    ("--key k", "The option --cert is needed: a key comes with its certificate."),
    (
      "--token t --cert c --key k",
      "The option --token goes without --cert and --key. Come with a token or with a certificate."
    ),
    ("--token t --key k", "The option --token goes without --cert and --key. Come with a token or with a certificate."),
    (
      "--dir d --gateway https://a:1 --ca a --token t",
      "The option --dir names a demo, and --gateway another gateway. Give one or the other."
    ),
    ("--dir d --ready r", "The options --dir and --ready name a demo, each in its way. Give one or the other."),
    (
      "--ready r --gateway https://a:1 --ca a --token t",
      "The option --ready names a demo, and --gateway another gateway. Give one or the other."
    ),
    ("--token=", "The option --token needs a value: --token FILE."),
    ("--dir=", "The option --dir needs a value: --dir DIR."),
  ])
  func `what does not go together is one sentence`(line: String, message: String) throws {
    #expect(try #require(throws: UsageError.self) { _ = try options(line) }.message == message)
  }

  @Test func `a demo that does not run is said, with what else there is`() throws {
    let scratch = try Scratch()
    let error = try #require(throws: CommandFailure.self) { _ = try options("--dir \(scratch.path)").access() }
    #expect(error.messages.count == 1)
    #expect(error.messages[0].hasPrefix("No demo runs in \(scratch.path): "))
    #expect(
      error.messages[0].hasSuffix("or name a gateway with --gateway and --ca, and --cert with --key or --token."))
  }

  @Test func `a running demo's own certificate is shown, unless another credential is given`() throws {
    let scratch = try Scratch()
    try scratch.write(
      "ready.json",
      #"{"url":"https://l:1","adminUrl":"https://l:3","ca":"/ca","operator":{"cert":"/c","key":"/k"}}"#)
    #expect(
      try options("--dir \(scratch.path)").access()
        == GatewayAccess(url: "https://l:1", authority: "/ca", credential: .certificate(file: "/c", key: "/k")))
    #expect(
      try options("--dir \(scratch.path) --token t").access()
        == GatewayAccess(url: "https://l:1", authority: "/ca", credential: .token(file: "t")))
    #expect(
      try AdminAccess(demo: DemoFolder(scratch.path))
        == AdminAccess(url: "https://l:3", certificate: "/c", key: "/k", authority: "/ca"))
    try scratch.write("ready.json", #"{"url":"https://l:1"}"#)
    let error = try #require(throws: CommandFailure.self) { _ = try options("--dir \(scratch.path)").access() }
    #expect(error.messages[0].contains("cannot be understood"))
  }
}
