extension CommandTree {
  static let taskList = CommandSpecification(
    ["list"], summary: "Lists tasks, newest first.",
    discussion: """
      Those that the policy lets you watch, of the demo that runs here or of the gateway that is named. Times are UTC.
      """,
    options: ListOptions.specifications,
    examples: [
      "signalbox list", "signalbox list --running --agent insider-trading",
      "signalbox list --state failed --limit 1000 --json",
      "signalbox list --gateway https://box:8443 --ca ca.pem --token token.txt",
    ], .action(.list))

  static let taskTail = CommandSpecification(
    ["tail"], summary: "Follows tasks: shows what has happened, and then what happens.",
    discussion: """
      Records go to standard output, everything about the stream to standard error. When the connection is lost, tail says \
      so, comes back by itself and goes on where it was: nothing is left out, and nothing shown twice. When the gateway \
      cannot go on there, it says so, and tail does, too. Times are UTC.

      It ends when the tasks have: with 0 when all were completed, 2 when one has failed, 4 when one was rejected, 3 when \
      one was canceled. 130: Ctrl-C or SIGTERM; the tasks go on, and tail says how to go on from there. 1: something is wrong, \
      and standard error says what.
      """,
    arguments: [
      ArgumentSpecification(name: "TASK", help: "The id of a task.", isOptional: true, isRepeated: true)
    ],
    options: TailOptions.specifications,
    examples: [
      "signalbox tail t-1", "signalbox tail --all", "signalbox tail t-1 --json | jq .data",
      "signalbox tail t-1 --after k3v9.1200",
    ], .action(.tail))
}
