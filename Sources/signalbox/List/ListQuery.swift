import HTTP

/// How the gateway is asked for a page of its tasks.
struct ListQuery: Sendable, Equatable {
  /// What the gateway gives at most at once.
  static let pageLimit = 200

  let filters: [QueryItem]

  /// - Parameter before: where the page before ended; nil for the first one.
  func path(count: Int, before: String?) -> String {
    var items = filters
    items.append(QueryItem(name: "limit", value: String(min(count, Self.pageLimit))))
    if let before { items.append(QueryItem(name: "before", value: before)) }
    return "/api/tasks?" + items.map { "\($0.name)=\(PercentEncoding.encode($0.value))" }.joined(separator: "&")
  }
}
