/// Measures operations side by side: pass by pass in turn, so that a busy moment of the machine hits all of them.
enum Measurement {
  /// The median cost of each operation in nanoseconds, over `passes` passes of `iterations` calls each.
  static func nanoseconds(
    passes: Int = 21, iterations: Int = 1500, of operations: [() throws -> Void]
  ) throws -> [Double] {
    var costs = [[Double]](repeating: [], count: operations.count)
    for pass in 0...passes {
      for (index, operation) in operations.enumerated() {
        let cost = try nanoseconds(iterations: iterations, of: operation)
        // The first pass warms caches and allocator and does not count.
        if pass > 0 { costs[index].append(cost) }
      }
    }
    return costs.map { median(of: $0) }
  }

  /// The cost of `own` beside that of `baseline`, as a row.
  static func row(
    _ name: String, iterations: Int = 1500,
    own: @escaping () throws -> Void, baseline: @escaping () throws -> Void
  ) throws -> Row {
    let medians = try nanoseconds(iterations: iterations, of: [own, baseline])
    return Row(name: name, unit: "ns/op", value: medians[0], baseline: medians[1])
  }

  private static func nanoseconds(iterations: Int, of operation: () throws -> Void) throws -> Double {
    let duration = try ContinuousClock().measure {
      for _ in 0..<iterations { try operation() }
    }
    let (seconds, attoseconds) = duration.components
    return (Double(seconds) * 1e9 + Double(attoseconds) / 1e9) / Double(iterations)
  }

  private static func median(of samples: [Double]) -> Double {
    samples.sorted()[samples.count / 2]
  }
}

/// Takes a result so that the optimizer cannot leave out the work behind it.
@inline(never)
func keep<Result>(_ result: Result) {
  withExtendedLifetime(result) {}
}
