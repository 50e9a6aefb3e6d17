import Testing

@testable import signalbox

struct ConfigurationProblemTests {
  private func problems(
    file: String? = nil, environment: [String: String] = [:], flags: [(String, String)] = []
  ) -> [String] {
    var sources = ConfigurationSources(environment: environment)
    sources.file = file.map { .init(path: "s.json", bytes: Array($0.utf8)) }
    sources.flags = flags.map { .init(name: "--set", key: $0.0, text: $0.1) }
    return sources.settings().problems.map(\.description)
  }

  @Test(arguments: [
    (
      "{\"loops\": 1,\n \"loops\": 2}",
      "s.json:2:2 is not the JSON it must be: the object has this key already (\"loops\")."
    ),
    ("{\"loops\": 1,\n", "s.json:2:1 is not the JSON it must be: the text ends before its value is complete."),
    ("{\n  // no\n}", "s.json:2:3 is not the JSON it must be: a key in double quotes was expected (found '/' 0x2F)."),
    ("[]", "s.json:1:1 must hold a JSON object: { … }."),
    ("{\"loop\": 1}", "loop (s.json:1:10) is not a known key. Did you mean loops?"),
    ("{\"port\": 1}", "port (s.json:1:10) is not a known key. Did you mean listeners.public.port?"),
    (
      "{\"listeners\": {\"pubic\": {\"port\": 1}}}",
      "listeners.pubic (s.json:1:25) is not a known key. Did you mean listeners.public?"
    ),
    (
      "{\"listeners\": {\"public\": {\n\t\"limits\": {\"conections\": 1}}}}",
      "listeners.public.limits.conections (s.json:2:27) is not a known key. Did you mean listeners.public.limits.connections?"
    ),
    (
      "{\"listeners\": {\"public\": {\"enabled\": false}}}",
      "listeners.public.enabled (s.json:1:38) is not a known key. Did you mean listeners.agents.enabled?"
    ),
    (
      "{\"xyz\": {\"abc\": 1}}",
      "xyz (s.json:1:9) is not a known key. The command signalbox config defaults prints all keys."
    ),
    (
      "{\"log.level\": \"info\"}", "log.level (s.json:1:15) is not a known key. Did you mean {\"log\": {\"level\": …}}?"
    ),
    ("{\"log\": \"info\"}", "log is \"info\" (s.json:1:9), but must be an object: { … }."),
    ("{\"loops\": {\"a\": 1}}", "loops is {\"a\": 1} (s.json:1:11), but must be a whole number from 0 to 256."),
    ("{\"loops\": \"2\"}", "loops is \"2\" (s.json:1:11), but must be a whole number from 0 to 256."),
    ("{\"diagnostics\": 1}", "diagnostics is 1 (s.json:1:17), but must be true or false."),
    (
      "{\"log\": {\"level\": \"loud\"}}",
      "log.level is \"loud\" (s.json:1:19), but must be one of trace, debug, info, warning, error."
    ),
    (
      "{\"listeners\": {\"agents\": {\"clientCertificates\": \"none\"}}}",
      "listeners.agents.clientCertificates is \"none\" (s.json:1:49), but must be \"required\"."
    ),
  ])
  func `a wrong file says where, what, and what would be right`(file: String, message: String) {
    #expect(problems(file: file) == [message])
  }

  @Test func `a wrong variable is named`() {
    #expect(
      problems(environment: ["SIGNALBOX_LOOPS": "many", "SIGNALBOX_LOGLEVEL": "info", "SIGNALBOX_WHATEVER": "1"]) == [
        "The environment variable SIGNALBOX_LOGLEVEL stands for no key. Did you mean SIGNALBOX_LOG_LEVEL?",
        "loops is \"many\" (environment variable SIGNALBOX_LOOPS), but must be a whole number from 0 to 256.",
        "The environment variable SIGNALBOX_WHATEVER stands for no key. The command signalbox config keys prints all of them.",
      ])
  }

  @Test func `a wrong flag is named`() {
    #expect(
      problems(flags: [("loops", "x"), ("loop", "1"), ("loops", "1"), ("loops", "2")]) == [
        "loops is \"x\" (flag --set), but must be a whole number from 0 to 256.",
        "loop (flag --set) is not a known key. Did you mean loops?",
        "loops is set by two flags, the second being flag --set. Leave one of them out.",
      ])
  }

  @Test func `all problems are found at once, hidden ones, too`() {
    let found = problems(
      file: "{\"loop\": 1, \"loops\": -1, \"web\": 5}", environment: ["SIGNALBOX_LOOPS": "-2"], flags: [("loops", "-3")]
    )
    #expect(found.count == 5)
    #expect(found.filter { $0.hasPrefix("loops is") }.count == 3)
  }

  @Test func `a long or broken value is shown on one line, and not to its end`() {
    let list = "[\"" + String(repeating: "x", count: 500) + "\",\n 1]"
    let message = problems(file: "{\"loops\": \(list)}").first ?? ""
    #expect(message.hasPrefix("loops is [\"xxx"))
    #expect(message.contains("…") && message.count < 180 && !message.contains("\n"))
  }

  @Test func `set needs a key and a value`() throws {
    let arguments = ParsedArguments(options: [.init(name: "set", value: "loops")])
    let error = try #require(throws: UsageError.self) { _ = try ConfigurationFlags.read(arguments, CommandTree.root) }
    #expect(error.message == "The option --set needs KEY=VALUE, as in --set log.level=debug, not \"loops\".")
  }
}
