extension CommandTree {
  private static let codes = """
    Exit codes: 0 done as asked; 9 the gateway does not take it (not allowed, no such task, answered by somebody else); 8 \
    the agent does not have it, or nobody knew in time; with --wait also 5 the agent refused, 7 the task had ended by itself \
    before. Of several the gravest counts: 9, 8, 6, 5, 7. 130: Ctrl-C or SIGTERM; what was asked stands.
    """

  private static let tasks = [
    ArgumentSpecification(name: "TASK", help: "The id of a task.", isRepeated: true)
  ]

  static let taskCancel = CommandSpecification(
    ["cancel"], summary: "Asks agents to stop, and says what came of it.",
    discussion: """
      A cancel is a command with a verdict: stopped, refused (the agent says why), ignored (the agent kept on, and the gateway \
      has ended the task), too-late (the task had ended by itself) or undelivered. Without --wait it ends as soon as the \
      gateway has the command. When the connection is lost, it says so, comes back, and gives it again under its id, which \
      does nothing twice.

      \(codes) 6: ignored.
      """,
    arguments: [ArgumentSpecification(name: "TASK", help: "The id of a task.", isOptional: true, isRepeated: true)],
    options: CancelOptions.specifications,
    examples: [
      "signalbox cancel t-1", "signalbox cancel t-1 t-2 --wait --why Wrong", "signalbox cancel t-1 --wait=20 --json",
      "signalbox cancel --all-mine --dry-run", "signalbox cancel --all-running --agent checker --yes --wait",
    ], .action(.cancel))

  static let taskPause = CommandSpecification(
    ["pause"], summary: "Asks agents to pause.",
    discussion: "An agent that cannot pause refuses, and its task goes on as before.\n\n\(codes)", arguments: tasks,
    options: PauseOptions.pauseSpecifications,
    examples: ["signalbox pause t-1 --wait", "signalbox pause t-1 t-2 --why Maintenance"], .action(.pause))

  static let taskResume = CommandSpecification(
    ["resume"], summary: "Lets agents go on that were paused.", discussion: codes, arguments: tasks,
    options: CommandOptions.specifications, examples: ["signalbox resume t-1 --wait"], .action(.resume))

  static let taskAnswer = CommandSpecification(
    ["answer"], summary: "Answers an agent's question.",
    discussion: """
      With fields, --text or --decline it answers at once. Without them it shows the form and asks field by field: what does \
      not fit is asked again, with the reason, and an empty line takes the default. Meanwhile others see who is answering; \
      Ctrl-C gives the question back. The first answer counts: who comes later is told who was first.

      \(codes)
      """,
    arguments: [
      ArgumentSpecification(name: "TASK", help: "The id of the task."),
      ArgumentSpecification(
        name: "QUESTION", help: "The name of the question, such as q1; may be left out where one is open.",
        isOptional: true),
      ArgumentSpecification(
        name: "FIELD=VALUE", help: "A field of the form with its value.", isOptional: true, isRepeated: true),
    ],
    options: AnswerOptions.specifications,
    examples: [
      "signalbox answer t-1", "signalbox answer t-1 cleared=yes note=Seen",
      "signalbox answer t-1 q2 --text 4711 --wait",
      "signalbox answer t-1 q1 --decline --json",
    ], .action(.answer))

  static let taskQuestions = CommandSpecification(
    ["questions"], summary: "Lists what waits for an answer.",
    discussion: """
      The open questions of all tasks that the policy lets you watch, oldest first, with the time that is left and who is \
      answering. With --follow it goes on with what changes, and comes back by itself when the connection is lost.
      """,
    options: QuestionsOptions.specifications,
    examples: [
      "signalbox questions", "signalbox questions --agent checker --follow", "signalbox questions --json | jq -r .text",
    ], .action(.questions))

  static let taskWatch = CommandSpecification(
    ["watch"], summary: "A live table of all running tasks.",
    discussion: """
      Questions come first. Keys: arrows or j and k choose, Enter opens a task's lines, c cancels (and asks before), a answers, \
      p pauses, r resumes, / filters, ? helps, q quits. The line at the foot tells how far the last command is, in seconds \
      since the key. When the connection is lost, it says so and comes back by itself. Without a terminal, or with --json, it \
      prints what happens, line by line.

      Exit codes: 0 after q; 130 after Ctrl-C outside a terminal or SIGTERM; 1 when something is wrong.
      """,
    options: WatchOptions.specifications,
    examples: ["signalbox watch", "signalbox watch --mine", "signalbox watch --agent checker --json | jq .data"],
    .action(.watch))
}
