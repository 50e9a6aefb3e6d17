extension CommandTree {
  static let reference = CommandSpecification(
    ["reference"], summary: "Makes and checks the reference data of the surveillance agents.",
    discussion: """
      Thirteen tables as CSV, the policy that weighs evidence, and precedents, all in one folder. What is made is invented: no \
      trader, account or company in it exists. docs/surveillance.md has the columns.
      """,
    examples: ["signalbox reference generate --dir reference", "signalbox reference check --dir reference"],
    .commands([generate, check]))

  private static let folder = OptionSpecification.value(
    ReferenceCommand.folder, "DIR", "The folder. Default: \(ReferenceCommand.defaultFolder).")

  private static let generate = CommandSpecification(
    ["reference", "generate"], summary: "Invents reference data.",
    discussion: "The same size and seed give the same bytes. The scenarios of examples/alerts are in all of it.",
    options: [
      folder,
      .value(
        ReferenceCommand.trades, "N", "How many trades. Default: \(ReferenceMaking.standardTrades)."),
      .value(ReferenceCommand.seed, "N", "Another world with another number."),
    ],
    examples: ["signalbox reference generate --dir small --trades 20000"], .action(.referenceGenerate))

  private static let check = CommandSpecification(
    ["reference", "check"], summary: "Reads reference data as an agent would, and says what is wrong with it.",
    options: [folder], examples: ["signalbox reference check --dir reference"], .action(.referenceCheck))
}
