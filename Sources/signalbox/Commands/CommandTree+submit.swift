extension CommandTree {
  static let taskSubmit = CommandSpecification(
    ["submit"], summary: "Gives an agent something to do.",
    discussion: """
      What is said may be a text, files and JSON values, in any number. Text files go as text, JSON files as data, other files \
      as bytes, with name and type. A first word with a slash or a dot in it is a file for the gateway's default agent. Prints the id of the task as soon as it is in the gateway's journal, whatever becomes of it.

      With --wait it follows the task to its end, as signalbox tail does, and ends with the same codes: 0 when it was completed, \
      2 when it has failed, 4 when it was rejected, 3 when it was canceled, 130 after Ctrl-C or SIGTERM. The task goes on then, and \
      waiting for an answer of somebody's is no end.
      """,
    arguments: [
      ArgumentSpecification(
        name: "AGENT", help: "The agent, as the gateway calls it; or a file for the default agent."),
      ArgumentSpecification(name: "TEXT", help: "What to do.", isOptional: true),
    ],
    options: SubmitOptions.specifications,
    examples: [
      "signalbox submit examples/alerts/clear-insider.xml --wait",
      "signalbox submit checker --file question.txt --wait",
      "signalbox submit insider-trading --file alert.xml --title Alert-17",
      "signalbox submit checker --data '{\"account\":4711}' --json | jq -r .id",
      "signalbox submit checker --file rows.bin --type application/octet-stream --task-key 2026-11-22/17",
    ], .action(.submit))
}
