/// Tarjan's strongly connected components, with a stack of its own: a long chain of accounts must not end a thread's stack.
package enum StrongComponents {
  /// Each in the order of its nodes, and they in the order of their first nodes.
  package static func of(_ neighbours: [[Int]]) -> [[Int]] {
    var search = Search(neighbours)
    for node in neighbours.indices where search.order[node] == nil { search.visit(from: node) }
    return search.components.map { $0.sorted() }.sorted { $0[0] < $1[0] }
  }

  private struct Search {
    let neighbours: [[Int]]
    /// When each node was met first.
    var order: [Int?]
    /// The earliest node of the stack that can be reached from each.
    var low: [Int]
    var isOnStack: [Bool]
    var stack: [Int] = []
    var met = 0
    var components: [[Int]] = []

    init(_ neighbours: [[Int]]) {
      self.neighbours = neighbours
      order = Array(repeating: nil, count: neighbours.count)
      low = Array(repeating: 0, count: neighbours.count)
      isOnStack = Array(repeating: false, count: neighbours.count)
    }

    mutating func visit(from start: Int) {
      var calls = [(node: start, next: 0)]
      meet(start)
      while let (node, next) = calls.last {
        guard next < neighbours[node].count else {
          calls.removeLast()
          leave(node)
          if let (parent, _) = calls.last { low[parent] = min(low[parent], low[node]) }
          continue
        }
        calls[calls.count - 1].next += 1
        let neighbour = neighbours[node][next]
        if let met = order[neighbour] {
          if isOnStack[neighbour] { low[node] = min(low[node], met) }
        } else {
          meet(neighbour)
          calls.append((neighbour, 0))
        }
      }
    }

    private mutating func meet(_ node: Int) {
      order[node] = met
      low[node] = met
      met += 1
      stack.append(node)
      isOnStack[node] = true
    }

    private mutating func leave(_ node: Int) {
      guard low[node] == order[node], let start = stack.lastIndex(of: node) else { return }
      for member in stack[start...] { isOnStack[member] = false }
      components.append(Array(stack[start...]))
      stack.removeSubrange(start...)
    }
  }
}
