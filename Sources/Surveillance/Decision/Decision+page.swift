extension Decision {
  /// The decision as one page that needs nothing else: no scripts, no files, no network.
  package var page: String {
    var page = Markup()
    page.element("html", ["lang": "en", "xmlns": "http://www.w3.org/1999/xhtml"]) { html in
      html.element("head") { head in
        head.empty("meta", ["charset": "utf-8"])
        head.empty("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
        head.empty("meta", ["name": "robots", "content": "noindex"])
        let policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
        head.empty("meta", ["http-equiv": "Content-Security-Policy", "content": policy])
        head.element("title", "Alert \(alert.id): \(judgement.determination.words)")
        head.style(ReportStyle.css)
      }
      html.breakLine()
      html.element("body") { body in
        body.element("main") { main in
          writeTop(&main)
          writeReasoning(&main)
          writeEvidenceTable(&main)
          writeOpenPoints(&main)
          writeAnswers(&main)
          writeFigures(&main)
          writeTrades(&main)
          writeEnd(&main)
        }
      }
    }
    return "<!DOCTYPE html>\n\(page.text)\n"
  }

  private func writeTop(_ main: inout Markup) {
    main.element("h1", "Alert \(alert.id): \(judgement.assessment.kind.words)")
    main.element(
      "p", ["class": "advice \(judgement.determination.styleName)"], "Advice: \(judgement.determination.words).")
    main.element("p", ["class": "notice"], Self.notice)
    let opinion = judgement.opinion
    main.element(
      "p",
      """
      Confidence in a genuine alert: \(opinion.genuine) of 100. Confidence in a false positive: \
      \(opinion.falsePositive) of 100. Uncertain: \(opinion.uncertainty) of 100.
      """)
    main.element("p", ["class": "soft"], "Recommended action: \(judgement.recommendedAction.words).")
    main.breakLine()
  }

  private func writeReasoning(_ main: inout Markup) {
    main.element("h2", "Reasoning")
    if let rewritten {
      for paragraph in rewritten.split(separator: "\n\n") { main.element("p", String(paragraph)) }
      main.element(
        "p", ["class": "soft"],
        "A language model has put these words. Every number in them was checked against the facts.")
    } else {
      for paragraph in narrative.paragraphs { main.element("p") { Self.write(paragraph, &$0) } }
    }
    main.list("Key findings", findings.key)
    main.list("What speaks against it", findings.favorable)
    main.list("What takes weight from the findings", findings.mitigating)
  }

  /// Whoever points at a number sees the tool that it comes from.
  static func write(_ text: CitedText, _ markup: inout Markup) {
    for piece in text.pieces {
      switch piece {
      case .text(let words): markup.write(words)
      case .fact(let fact, let tool):
        markup.element("span", ["class": "fact", "title": "from \(tool.rawValue)"], fact)
      }
    }
    let tools = text.tools.map(\.rawValue)
    if !tools.isEmpty {
      markup.element("span", ["class": "soft"], " [\(tools.joined(separator: ", "))]")
    }
  }

  private func writeEnd(_ main: inout Markup) {
    main.list("Provisions to look at", regulatoryFlags)
    if let precedents {
      let matches = [precedents.best, precedents.runnerUp].compactMap(\.self)
      main.list(
        "Similar precedents",
        matches.map {
          "\($0.precedent.title) (\($0.precedent.id), alike to \($0.similarity) of 100): \($0.precedent.reasoning)"
        })
    }
    main.element("h2", "About this page")
    main.element(
      "p", ["class": "soft"],
      """
      Decision \(context.id), made at \(context.at), with version \(judgement.policy.version) of the policy. \
      Weights and thresholds are choices of that policy, and no measure of how often such advice is right.
      """)
  }
}

extension Markup {
  fileprivate mutating func style(_ css: String) {
    element("style") { $0.raw(css) }
  }

  mutating func list(_ title: String, _ items: [CitedText]) {
    guard !items.isEmpty else { return }
    element("h2", title)
    element("ul") { list in
      for item in items { list.element("li") { Decision.write(item, &$0) } }
    }
    breakLine()
  }

  mutating func list(_ title: String, _ items: [String]) {
    guard !items.isEmpty else { return }
    element("h2", title)
    element("ul") { list in
      for item in items { list.element("li", item) }
    }
    breakLine()
  }

  mutating func table(_ caption: String, _ columns: [String], _ rows: [[String]], numbers: Set<Int> = []) {
    element("div", ["class": "wide"]) { box in
      box.element("table") { table in
        table.element("caption", caption)
        table.element("thead") { head in
          head.element("tr") { row in
            for column in columns { row.element("th", ["scope": "col"], column) }
          }
        }
        table.element("tbody") { body in
          for cells in rows {
            body.element("tr") { row in
              for (index, cell) in cells.enumerated() {
                row.element("td", ["class": numbers.contains(index) ? "n" : "w"], cell)
              }
            }
          }
        }
      }
    }
    breakLine()
  }
}

extension Determination {
  var words: String {
    switch self {
    case .escalate: "escalate"
    case .close: "close"
    case .needsHumanReview: "a person should review it"
    }
  }

  fileprivate var styleName: String {
    switch self {
    case .escalate: "escalate"
    case .close: "close"
    case .needsHumanReview: "review"
    }
  }
}

extension RecommendedAction {
  fileprivate var words: String {
    switch self {
    case .escalate: "escalate"
    case .close: "close"
    case .monitor: "monitor"
    case .requestMoreData: "get the data that is missing"
    }
  }
}

extension AlertKind {
  fileprivate var words: String {
    switch self {
    case .insiderTrading: "trading before news"
    case .washTrade: "trades without change of ownership"
    }
  }
}
