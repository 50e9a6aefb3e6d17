import HTTP

/// Which language model an agent may ask for better words, from the environment. Without one the templates' words stand.
struct LanguageSettings: Sendable, Equatable {
  enum Provider: String, Sendable, CaseIterable { case none, openai, azure, openrouter, custom }

  /// Names of the environment, with what they are.
  static let variables: [(name: String, meaning: String)] = [
    (
      "LLM_PROVIDER",
      "none, openai, azure, openrouter or custom (whatever speaks OpenAI's chat completions). Default: none."
    ),
    ("LLM_BASE_URL", "Where it is, without /v1; needed for azure and custom."),
    ("OPENAI_API_KEY", "The key. Without one, openai, azure and openrouter are not asked."),
    ("OPENAI_MODEL", "The model; of azure the deployment."),
    ("LLM_TEMPERATURE", "0 to 2. Default: 0."),
    ("LLM_MAX_TOKENS", "Of an answer. Default: 4000."),
    ("LLM_TIMEOUT", "Seconds for one call. Default: 120."),
    ("LLM_STREAM", "true or false: whether the words are shown as they come. Default: true."),
    ("LLM_BUDGET_USD", "What the model may cost in one task; then it is asked no more. 0: without limit. Default: 10."),
    (
      "LLM_PRICES",
      "US dollars for a million tokens of a prompt and of an answer, by model: `big=2.5/10,small=0.15/0.6`."
    ),
    ("LLM_PRICE_IN", "US dollars for 1,000 tokens of a prompt, of models that LLM_PRICES does not name. Default: 0."),
    ("LLM_PRICE_OUT", "The same for an answer. Default: 0."),
    ("LLM_REQUIRED", "true: an analysis fails when the model fails. Default: false."),
    ("LLM_CA", "The authority of its certificate. Default: those of the system."),
    ("LLM_API_VERSION", "Of azure. Default: 2024-06-01."),
  ]
  private static let systemAuthorities = "/etc/ssl/certs/ca-certificates.crt"

  let provider: Provider
  /// Where calls go.
  let url: ServiceURL
  /// Never printed.
  let key: String?
  let model: String
  let temperature: Double
  let maximumTokens: Int
  let timeout: Duration
  let isStreaming: Bool
  /// Of one task, in millionths of a US dollar. Nil: there is no limit.
  let budget: Int?
  let prices: LanguagePrices
  let isRequired: Bool
  let authorityFile: String

  /// Nil: no model is asked. Throws with the variable that is wrong.
  init?(_ environment: [String: String]) throws(CommandFailure) {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    let name = value("LLM_PROVIDER") ?? Provider.none.rawValue
    guard let provider = Provider(rawValue: name) else {
      throw Self.refusal("LLM_PROVIDER", Provider.allCases.map(\.rawValue).joined(separator: ", "), name)
    }
    key = try Self.key(value("OPENAI_API_KEY"))
    isRequired = try Self.flag("LLM_REQUIRED", value("LLM_REQUIRED"), otherwise: false)
    guard provider != .none, provider == .custom || key != nil else {
      guard !isRequired else {
        throw .failure("LLM_REQUIRED is true, and there is no model: set LLM_PROVIDER and OPENAI_API_KEY.")
      }
      return nil
    }
    self.provider = provider
    guard let model = value("OPENAI_MODEL") else {
      throw .failure("OPENAI_MODEL is needed with LLM_PROVIDER=\(provider.rawValue): it names the model.")
    }
    self.model = model
    url = try Self.url(provider, base: value("LLM_BASE_URL"), model: model, version: value("LLM_API_VERSION"))
    temperature = try Self.decimal("LLM_TEMPERATURE", value("LLM_TEMPERATURE"), 0...2, otherwise: 0)
    maximumTokens = try Self.whole("LLM_MAX_TOKENS", value("LLM_MAX_TOKENS"), 1...100_000, otherwise: 4_000)
    timeout = .seconds(try Self.decimal("LLM_TIMEOUT", value("LLM_TIMEOUT"), 1...600, otherwise: 120))
    isStreaming = try Self.flag("LLM_STREAM", value("LLM_STREAM"), otherwise: true)
    let dollars = try Self.decimal("LLM_BUDGET_USD", value("LLM_BUDGET_USD"), 0...1_000_000, otherwise: 10)
    budget = dollars > 0 ? max(1, Int((dollars * 1_000_000).rounded())) : nil
    prices = LanguagePrices(
      named: try Self.prices("LLM_PRICES", value("LLM_PRICES")),
      others: .init(
        input: 1_000 * (try Self.decimal("LLM_PRICE_IN", value("LLM_PRICE_IN"), 0...1_000, otherwise: 0)),
        output: 1_000 * (try Self.decimal("LLM_PRICE_OUT", value("LLM_PRICE_OUT"), 0...1_000, otherwise: 0))))
    authorityFile = value("LLM_CA") ?? Self.systemAuthorities
  }

  private static func url(
    _ provider: Provider, base: String?, model: String, version: String?
  ) throws(CommandFailure) -> ServiceURL {
    let usual: String? =
      switch provider {
      case .openai: "https://api.openai.com"
      case .openrouter: "https://openrouter.ai/api"
      case .none, .azure, .custom: nil
      }
    guard var base = base ?? usual else {
      throw .failure("LLM_BASE_URL is needed with LLM_PROVIDER=\(provider.rawValue): it says where the model is.")
    }
    guard !base.contains("?") else { throw .failure("LLM_BASE_URL is wrong: leave out the ? and what follows it.") }
    while base.hasSuffix("/") { base.removeLast() }
    let path =
      provider == .azure
      ? "/openai/deployments/\(PercentEncoding.encode(model))/chat/completions?api-version=\(version ?? "2024-06-01")"
      : "/v1/chat/completions"
    do throws(ServiceURLError) {
      return try ServiceURL(parsing: base + path, allowingPlainOnLoopback: true)
    } catch {
      throw .failure("LLM_BASE_URL is wrong: \(error.description)")
    }
  }

  /// How the key is shown.
  var credentials: HTTPFields {
    guard let key else { return HTTPFields() }
    return provider == .azure ? HTTPFields([("api-key", key)]) : HTTPFields([("authorization", "Bearer \(key)")])
  }

  /// What cannot be sent as a field of HTTP is refused before anybody needs it, and is not shown.
  private static func key(_ text: String?) throws(CommandFailure) -> String? {
    guard let text else { return nil }
    guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw .failure("OPENAI_API_KEY must be printable ASCII without spaces and line ends; look at how it was set.")
    }
    return text
  }

  private static func flag(_ name: String, _ text: String?, otherwise: Bool) throws(CommandFailure) -> Bool {
    switch text {
    case nil: return otherwise
    case "true": return true
    case "false": return false
    case let text?: throw refusal(name, "true or false", text)
    }
  }

  private static func decimal(
    _ name: String, _ text: String?, _ range: ClosedRange<Double>, otherwise: Double
  ) throws(CommandFailure) -> Double {
    guard let text else { return otherwise }
    guard let value = Double(text), range.contains(value) else {
      throw refusal(name, "a number from \(Int(range.lowerBound)) to \(Int(range.upperBound))", text)
    }
    return value
  }

  private static func whole(
    _ name: String, _ text: String?, _ range: ClosedRange<Int>, otherwise: Int
  ) throws(CommandFailure) -> Int {
    guard let text else { return otherwise }
    guard let value = Int(text), range.contains(value) else {
      throw refusal(name, "a whole number from \(range.lowerBound) to \(range.upperBound)", text)
    }
    return value
  }

  private static func prices(
    _ name: String, _ text: String?
  ) throws(CommandFailure) -> [String: LanguagePrices.Price] {
    guard let text else { return [:] }
    guard let prices = LanguagePrices.named(in: text) else {
      throw refusal(
        name,
        "MODEL=IN/OUT, each model once, with commas between them and numbers from 0 to \(Int(LanguagePrices.highest))",
        text)
    }
    return prices
  }

  private static func refusal(_ name: String, _ expected: String, _ text: String) -> CommandFailure {
    .failure("\(name) must be \(expected), not \(text.debugDescription).")
  }
}
