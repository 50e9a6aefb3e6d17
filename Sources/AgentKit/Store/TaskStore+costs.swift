import A2A
import JSON

// What the work costs.
extension TaskStore {
  func book(_ cost: Int, for id: String) throws -> CostBudget {
    let entry = try live(id, "a cost")
    for notice in entry.costs.book(cost) { tell(notice, entry) }
    return entry.costs
  }

  private func tell(_ notice: CostBudget.Notice, _ entry: TaskEntry) {
    let costs = entry.costs
    guard let limit = costs.limit, let usage = costs.usage else { return }
    let place = "\(CostBudget.text(costs.cost)) of \(CostBudget.text(limit)) USD"
    var report: ProgressReport
    switch notice {
    case .warning:
      report = ProgressReport(.budgetWarning)
      report.message = "\(Int(usage)) % of this task's budget are used: \(place)."
    case .exceeded:
      report = ProgressReport(.budgetExceeded)
      report.message = "This task's budget is used up: \(place). Nothing that costs money is called any more."
    }
    report.payload = .object { payload in
      payload.member("usage_percentage", usage)
      payload.member("cost", CostBudget.dollars(costs.cost))
      payload.member("limit", CostBudget.dollars(limit))
    }
    show(entry, report.message.map { AgentMessage($0) }, report)
  }
}
