import A2A
import AgentKit

// Questions of every kind.
extension ConformanceBehaviour {
  static let asking = [
    ConformanceBehaviour("test-ask", "asks without a form; completes with what was said") { context in
      let outcome = try await context.ask(QuestionDraft("What is it about?"))
      return .done("Said: \(outcome.message?.text ?? "nothing")")
    },
    ConformanceBehaviour("test-ask-form", "asks with a field of every type; completes with how many were filled in") {
      context in
      let fields: [QuestionField] = [
        QuestionField("verdict", "Verdict", .choice([.init("real", "A real alert"), .init("false", "A false alert")])),
        QuestionField(
          "signs", "Signs", .multichoice([.init("price"), .init("volume"), .init("news")]), isRequired: false),
        QuestionField("cleared", "Cleared beforehand", .boolean),
        QuestionField("desk", "Desk", .text(maximumLength: 20), isRequired: false, initial: .text("Rates")),
        QuestionField("note", "Note", .longtext(maximumLength: 500), isRequired: false),
        QuestionField("trades", "Trades", .integer(minimum: 0, maximum: 100), isRequired: false, unit: "trades"),
        QuestionField(
          "share", "Share", .decimal(minimum: 0, maximum: 1), isRequired: false, help: "Of the day's volume."),
        QuestionField("day", "Day", .date, isRequired: false),
        QuestionField("seen", "Seen", .datetime, isRequired: false),
      ]
      let outcome = try await context.ask(
        QuestionDraft("What do you make of it?", why: "Two detectors disagree.", fields: fields))
      return .done("Filled in: \(fields.filter { outcome[$0.name] != nil }.map(\.name).joined(separator: ", "))")
    },
    ConformanceBehaviour("test-ask-deadline", "asks for 2 s, then takes \"no\"; completes with the answer") { context in
      let outcome = try await context.ask(
        .choice(
          "Go on?", [.init("yes"), .init("no")], within: .seconds(2),
          otherwise: .init(["choice": .text("no")], consequence: "it is taken as no.")))
      guard case .text(let choice)? = outcome["choice"] else { return .done(nil) }
      return .done("\(outcome.source == .answered ? "Answered" : "Taken as"): \(choice)")
    },
    ConformanceBehaviour("test-ask-strict", "asks for 2 s, then fails") { context in
      let outcome = try await context.ask(.confirmation("Go on?", within: .seconds(2)))
      return .done(outcome["confirmed"] == .boolean(true) ? "Confirmed." : "Not confirmed.")
    },
    ConformanceBehaviour("test-ask-decline", "asks, and may be declined; completes with what became of it") { context in
      var draft = QuestionDraft.confirmation("Do you know the trader?")
      draft.allowsDecline = true
      let outcome = try await context.ask(draft)
      if outcome.isDeclined { return .done("Declined.") }
      return .done(outcome["confirmed"] == .boolean(true) ? "Known." : "Not known.")
    },
    ConformanceBehaviour("test-ask-twice", "asks, and then asks something else; completes with both answers") {
      context in
      let first = try await context.ask(.confirmation("Is it urgent?"))
      try await context.progress("One more.")
      let second = try await context.ask(.confirmation("Is it known?"))
      let answers = [first, second].map { $0["confirmed"] == .boolean(true) ? "yes" : "no" }
      return .done("Answered: \(answers.joined(separator: ", "))")
    },
    ConformanceBehaviour("test-ask-auth", "waits for a sign-in that is done elsewhere; completes when somebody says so")
    {
      context in
      try await context.authenticate("Sign in at https://register.example/ and say so.", why: "The register is closed.")
      return .done("Signed in.")
    },
  ]
}
