import HTTP
import Testing

@testable import signalbox

struct LanguageSettingsTests {
  struct Place: Sendable {
    let environment: [String: String]
    let url: String
    let field: (name: String, value: String)?

    init(_ environment: [String: String], _ url: String, _ field: (String, String)?) {
      self.environment = environment
      self.url = url
      self.field = field
    }
  }

  static let bearer = ("authorization", "Bearer sk-1")
  static let places = [
    Place(["LLM_PROVIDER": "openai"], "https://api.openai.com/v1/chat/completions", bearer),
    Place(
      ["LLM_PROVIDER": "openai", "LLM_BASE_URL": "https://proxy.example:8443/ai//"],
      "https://proxy.example:8443/ai/v1/chat/completions", bearer),
    Place(["LLM_PROVIDER": "openrouter"], "https://openrouter.ai/api/v1/chat/completions", bearer),
    Place(
      ["LLM_PROVIDER": "azure", "LLM_BASE_URL": "https://desk.openai.azure.com/", "OPENAI_MODEL": "my model/2"],
      "https://desk.openai.azure.com/openai/deployments/my%20model%2F2/chat/completions?api-version=2024-06-01",
      ("api-key", "sk-1")),
    Place(
      ["LLM_PROVIDER": "azure", "LLM_BASE_URL": "https://desk.openai.azure.com", "LLM_API_VERSION": "2025-01-01"],
      "https://desk.openai.azure.com/openai/deployments/m/chat/completions?api-version=2025-01-01", ("api-key", "sk-1")),
    Place(
      ["LLM_PROVIDER": "custom", "LLM_BASE_URL": "http://127.0.0.1:8080"], "http://127.0.0.1:8080/v1/chat/completions",
      bearer),
    Place(
      ["LLM_PROVIDER": "custom", "LLM_BASE_URL": "http://localhost:8080", "OPENAI_API_KEY": ""],
      "http://localhost:8080/v1/chat/completions", nil),
  ]

  private func settings(_ environment: [String: String]) throws -> LanguageSettings? {
    try LanguageSettings(["OPENAI_API_KEY": "sk-1", "OPENAI_MODEL": "m"].merging(environment) { $1 })
  }

  private func refusal(_ environment: [String: String]) -> String {
    let failure = #expect(throws: CommandFailure.self) { _ = try settings(environment) }
    return failure?.messages.joined(separator: "\n") ?? ""
  }

  @Test(arguments: places)
  func `each provider has its place, and its way to show the key`(place: Place) throws {
    let settings = try #require(try settings(place.environment))
    #expect("\(settings.url)" == place.url)
    #expect(settings.credentials == HTTPFields(place.field.map { [$0] } ?? []))
  }

  @Test func `what is not said has a default`() throws {
    let settings = try #require(try settings(["LLM_PROVIDER": "openai"]))
    #expect(settings.temperature == 0)
    #expect(settings.maximumTokens == 4_000)
    #expect(settings.timeout == .seconds(120))
    #expect(settings.isStreaming)
    #expect(!settings.isRequired)
    #expect(settings.budget == 10_000_000)
    #expect(settings.prices == LanguagePrices(others: .init(input: 0, output: 0)))
    #expect(settings.authorityFile == "/etc/ssl/certs/ca-certificates.crt")
  }

  @Test func `what is said counts`() throws {
    let settings = try #require(
      try settings([
        "LLM_PROVIDER": "openai", "LLM_TEMPERATURE": "0.7", "LLM_MAX_TOKENS": "900", "LLM_TIMEOUT": "2.5",
        "LLM_STREAM": "false", "LLM_BUDGET_USD": "0.25", "LLM_PRICE_IN": "0.01", "LLM_PRICE_OUT": "0.03",
        "LLM_PRICES": "m=2.5/10", "LLM_REQUIRED": "true", "LLM_CA": "/ca.pem",
      ]))
    #expect(settings.temperature == 0.7)
    #expect(settings.maximumTokens == 900)
    #expect(settings.timeout == .milliseconds(2500))
    #expect(!settings.isStreaming)
    #expect(settings.isRequired)
    #expect(settings.budget == 250_000)
    #expect(
      settings.prices
        == LanguagePrices(named: ["m": .init(input: 2.5, output: 10)], others: .init(input: 10, output: 30)))
    #expect(settings.authorityFile == "/ca.pem")
  }

  @Test func `a budget of 0 is none, and a very small one is one`() throws {
    #expect(try settings(["LLM_PROVIDER": "openai", "LLM_BUDGET_USD": "0"])?.budget == nil)
    #expect(try settings(["LLM_PROVIDER": "openai", "LLM_BUDGET_USD": "1e-9"])?.budget == 1)
  }

  @Test(arguments: [
    [:], ["LLM_PROVIDER": ""], ["LLM_PROVIDER": "none"], ["LLM_PROVIDER": "openai", "OPENAI_API_KEY": ""],
    ["LLM_PROVIDER": "azure", "OPENAI_API_KEY": ""], ["LLM_PROVIDER": "openrouter", "OPENAI_API_KEY": ""],
  ])
  func `without a provider or a key no model is asked, unless one is required`(environment: [String: String]) throws {
    #expect(try settings(environment) == nil)
    let text = refusal(environment.merging(["LLM_REQUIRED": "true"]) { $1 })
    #expect(text.contains("LLM_REQUIRED") && text.contains("LLM_PROVIDER") && text.contains("OPENAI_API_KEY"))
  }

  @Test(arguments: [
    ("LLM_PROVIDER", "OpenAI", "openrouter"), ("LLM_TEMPERATURE", "2.1", "from 0 to 2"),
    ("LLM_TEMPERATURE", "nan", "from 0 to 2"),
    ("LLM_MAX_TOKENS", "0", "from 1 to 100000"), ("LLM_MAX_TOKENS", "12.5", "whole number"),
    ("LLM_TIMEOUT", "0", "from 1 to 600"), ("LLM_TIMEOUT", "soon", "from 1 to 600"),
    ("LLM_STREAM", "yes", "true or false"),
    ("LLM_BUDGET_USD", "-1", "from 0 to 1000000"), ("LLM_BUDGET_USD", "1e9", "from 0 to 1000000"),
    ("LLM_PRICE_IN", "inf", "from 0 to 1000"), ("LLM_PRICE_OUT", "x", "from 0 to 1000"),
    ("LLM_PRICES", "m=1", "MODEL=IN/OUT"), ("LLM_PRICES", "m=1/2,m=3/4", "each model once"),
    ("LLM_PRICES", "m=-1/2", "from 0 to 1000000"),
    ("LLM_REQUIRED", "1", "true or false"),
    ("LLM_BASE_URL", "http://model.example", ""), ("LLM_BASE_URL", "model", ""),
    ("LLM_BASE_URL", "https://m.example/?a=b", "?"),
  ])
  func `a wrong value is refused by its variable's name`(name: String, value: String, expected: String) {
    let text = refusal(["LLM_PROVIDER": "openai"].merging([name: value]) { $1 })
    #expect(text.hasPrefix(name) && text.contains(expected), "\(text)")
  }

  @Test(arguments: [
    (["LLM_PROVIDER": "openai", "OPENAI_MODEL": ""], "OPENAI_MODEL"), (["LLM_PROVIDER": "azure"], "LLM_BASE_URL"),
    (["LLM_PROVIDER": "custom"], "LLM_BASE_URL"),
  ])
  func `what a provider needs is asked for by name`(environment: [String: String], name: String) {
    #expect(refusal(environment).hasPrefix("\(name) is needed with LLM_PROVIDER="))
  }

  @Test(arguments: ["sk-secret\n", "sk secret", "sk-sécret", "sk-secret\u{0}"])
  func `a key that cannot be sent is refused, and not shown`(key: String) {
    let text = refusal(["LLM_PROVIDER": "openai", "OPENAI_API_KEY": key])
    #expect(text.hasPrefix("OPENAI_API_KEY must be"))
    #expect(!text.contains("cret"))
  }
}
