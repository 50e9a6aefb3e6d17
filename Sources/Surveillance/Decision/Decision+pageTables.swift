extension Decision {
  /// Longer tables are cut: the figures' own file has every row.
  private static let mostRows = 200

  func writeEvidenceTable(_ main: inout Markup) {
    main.element("h2", "Evidence")
    let columns = [
      "Indicator", "Says", "For or against", "Weight", "Strength", "Raw points", "Points", "Weakened by", "Tool",
      "Figures",
    ]
    let rows = judgement.scored.map { item in
      let evidence = item.evidence
      return [
        "\(evidence.indicator) \(evidence.title)", evidence.statement.plain,
        evidence.side == .suspicion ? "for" : "against", Decimals.text(evidence.weight, digits: 1),
        Decimals.text(evidence.strength, digits: 2), item.rawPoints.description, item.points.description,
        item.defeatedBy.joined(separator: ", "), evidence.tool.rawValue,
        figures(showing: evidence.indicator).joined(separator: ", "),
      ]
    }
    main.table(
      "Each indicator gives its weight times its strength; verified facts take weight away.", columns, rows,
      numbers: [3, 4, 5, 6])
    let opinion = judgement.opinion
    main.element(
      "p", ["class": "soft"],
      """
      Points for a genuine alert: \(opinion.suspicion). Points against: \(opinion.mitigation). \
      Doubt: \(opinion.doubt).
      """)
  }

  func writeOpenPoints(_ main: inout Markup) {
    main.list("What is missing", judgement.gaps.map { $0.isMandatory ? "\($0.statement) (Needed.)" : $0.statement })
    main.list("Where the alert and the data differ", findings.mismatches)
  }

  func writeAnswers(_ main: inout Markup) {
    guard !judgement.answers.isEmpty else { return }
    main.element("h2", "What people were asked")
    let rows = judgement.answers.map { answer in
      let label = answer.option?.label ?? (answer.by == nil ? "No answer" : answer.answer)
      return [answer.kind.prompt(answer.subject), label, answer.by ?? "nobody", answer.at.description]
    }
    main.table("Questions and answers", ["Question", "Answer", "By", "At"], rows)
  }

  func writeFigures(_ main: inout Markup) {
    guard !judgement.assessment.figures.isEmpty else { return }
    main.element("h2", "Figures")
    for figure in judgement.assessment.figures {
      main.element("figure", ["id": figure.id]) { element in
        element.element("figcaption", "\(figure.id). \(figure.title)")
        Chart.draw(figure, into: &element)
        element.element("p", ["class": "soft"], figure.description)
        let table = FigureTable(figure.content)
        let rest = table.rows.count - Self.mostRows
        let caption = "\(figure.id) as a table" + (rest > 0 ? ", without its last \(Digits.grouped(rest)) rows" : "")
        element.table(caption, table.columns, Array(table.rows.prefix(Self.mostRows)))
      }
    }
  }

  func writeTrades(_ main: inout Markup) {
    guard !alert.trades.isEmpty else { return }
    main.element("h2", "The trades of the alert")
    let rows = alert.trades.prefix(Self.mostRows).map { trade in
      [
        "\(trade.sequence)", trade.isTimeKnown ? trade.time.description : trade.time.day.description,
        trade.accountID ?? "", trade.symbol, trade.side.rawValue, Digits.grouped(trade.quantity),
        trade.price.description, trade.counterparty ?? "the market",
      ]
    }
    let columns = ["No.", "Time", "Account", "Symbol", "Side", "Quantity", "Price", "Other side"]
    main.table("As the alert has them", columns, Array(rows), numbers: [5, 6])
  }
}
