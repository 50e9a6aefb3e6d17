import Foundation

/// What tokens cost, as whoever runs the agent has said it: none of it is known here, because prices change.
struct LanguagePrices: Sendable, Equatable {
  /// In US dollars for a million tokens.
  struct Price: Sendable, Equatable {
    let input: Double
    let output: Double
  }

  static let highest: Double = 1_000_000
  /// No answer costs more, in millionths of a US dollar.
  private static let most = 1e15

  /// By model.
  var named: [String: Price] = [:]
  /// Of every model that has none of its own.
  var others: Price

  /// In millionths of a US dollar; a begun one counts.
  func cost(of usage: ChatReply.Usage, by model: String) -> Int {
    let price = named[model] ?? others
    let cost = Double(usage.promptTokens) * price.input + Double(usage.completionTokens) * price.output
    // What a product of decimal fractions has too much is none.
    return Int(min((cost - 0.000_001).rounded(.up), Self.most))
  }

  /// `MODEL=IN/OUT`, and more of them behind commas. Nil for what is none of it.
  static func named(in text: String) -> [String: Price]? {
    var prices: [String: Price] = [:]
    for entry in text.split(separator: ",", omittingEmptySubsequences: false) {
      // Names of models may have any of these characters but the comma.
      guard let equals = entry.lastIndex(of: "=") else { return nil }
      let model = entry[..<equals].trimmingCharacters(in: .whitespaces)
      let figures = entry[entry.index(after: equals)...].split(separator: "/", omittingEmptySubsequences: false)
        .map { Double($0.trimmingCharacters(in: .whitespaces)) ?? -1 }
      guard !model.isEmpty, prices[model] == nil, figures.count == 2,
        figures.allSatisfy({ (0...highest).contains($0) })
      else { return nil }
      prices[model] = Price(input: figures[0], output: figures[1])
    }
    return prices
  }
}
