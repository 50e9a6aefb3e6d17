extension CommandTree {
  static let drain = CommandSpecification(
    ["drain"], summary: "Ends a gateway without a storm, or says what that would be like.",
    discussion: """
      Does what SIGTERM does, over the admin listener: the gateway says that it is not ready, takes everything for \
      drainSeconds still, then sends those who hold streams away, so many in a second, and ends. With --plan it only says how \
      long that would take and when everybody would be back elsewhere. Nothing takes a drain back. Without options, the demo \
      that runs here is asked.
      """,
    options: DrainOptions.specifications,
    examples: [
      "signalbox drain --plan", "signalbox drain --plan --streams 20000 --at 300",
      "signalbox drain --at 300 --admin https://box:8445 --cert op.pem --key op.key --ca ca.pem",
    ], .action(.drain))
}
