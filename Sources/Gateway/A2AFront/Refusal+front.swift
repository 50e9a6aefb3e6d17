import HTTP

extension Refusal {
  /// There is no card to show: a name is in the configuration, and whoever has it has not answered yet, or not as agents do.
  static func noCard(_ agent: String) -> Refusal {
    Refusal(
      .serviceUnavailable,
      "The agent \(agent) has not shown a card that can be used yet. Try again a little later.", code: "no-card",
      fields: HTTPFields([("retry-after", "10")]))
  }
}
