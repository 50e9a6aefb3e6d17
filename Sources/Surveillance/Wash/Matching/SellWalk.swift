/// The sells of one symbol in the order of their times. Those of one time are one run.
struct OrderedSells {
  let legs: [TradeLeg]
  /// The place of each in the order of their ids.
  let rank: [Int]
  let runStart: [Int]
  let runEnd: [Int]
  private(set) var free: FreeList

  init(_ legs: [TradeLeg]) {
    self.legs = legs
    free = FreeList(count: legs.count)
    rank = Self.ranks(legs)
    var starts = Array(legs.indices)
    var ends = legs.indices.map { $0 + 1 }
    for index in legs.indices.dropFirst() where legs[index].time == legs[index - 1].time {
      starts[index] = starts[index - 1]
    }
    for index in legs.indices.dropLast().reversed() where legs[index].time == legs[index + 1].time {
      ends[index] = ends[index + 1]
    }
    runStart = starts
    runEnd = ends
  }

  static func ranks(_ legs: [TradeLeg]) -> [Int] {
    var ranks = [Int](repeating: 0, count: legs.count)
    for (rank, index) in legs.indices.sorted(by: { (legs[$0].id, $0) < (legs[$1].id, $1) }).enumerated() {
      ranks[index] = rank
    }
    return ranks
  }

  func firstLater(than time: Instant) -> Int {
    var low = 0
    var high = legs.count
    while low < high {
      let middle = (low + high) / 2
      if legs[middle].time <= time { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// False when somebody has it already.
  mutating func take(_ index: Int) -> Bool { free.take(index) }
  mutating func firstFree(from index: Int) -> Int { free.first(from: index) }
  mutating func lastFree(before end: Int) -> Int? { free.last(before: end) }
}

/// Walks over sells outward in time from one instant: the nearest first, ties by rank.
struct SellWalk {
  private let time: Instant
  /// What is left of the run at or before the instant, and where that run began.
  private var before: Range<Int>
  private var startOfRun: Int
  /// What is left of the run behind it.
  private var after: Range<Int>

  init(around time: Instant, _ sells: OrderedSells) {
    self.time = time
    let later = sells.firstLater(than: time)
    startOfRun = later > 0 ? sells.runStart[later - 1] : 0
    before = startOfRun..<later
    after = later..<(later < sells.legs.count ? sells.runEnd[later] : later)
  }

  /// The next that nobody has taken. Nil when all within the span have been shown.
  mutating func next(_ sells: inout OrderedSells, within span: Int) -> (sell: Int, distance: Int)? {
    skipTaken(&sells)
    let back = before.isEmpty ? nil : time - sells.legs[before.lowerBound].time
    let forth = after.isEmpty ? nil : sells.legs[after.lowerBound].time - time
    let isBack: Bool
    switch (back, forth) {
    case (nil, nil): return nil
    case (_, nil): isBack = true
    case (nil, _): isBack = false
    case (let back?, let forth?):
      isBack =
        back < forth || (back == forth && sells.rank[before.lowerBound] < sells.rank[after.lowerBound])
    }
    guard let distance = isBack ? back : forth, distance <= span else { return nil }
    let sell = isBack ? before.lowerBound : after.lowerBound
    if isBack {
      before = (sell + 1)..<before.upperBound
    } else {
      after = (sell + 1)..<after.upperBound
    }
    return (sell, distance)
  }

  private mutating func skipTaken(_ sells: inout OrderedSells) {
    before = min(sells.firstFree(from: before.lowerBound), before.upperBound)..<before.upperBound
    while before.isEmpty, let last = sells.lastFree(before: startOfRun) {
      startOfRun = sells.runStart[last]
      before = sells.firstFree(from: startOfRun)..<(last + 1)
    }
    after = min(sells.firstFree(from: after.lowerBound), after.upperBound)..<after.upperBound
    if after.isEmpty {
      let first = sells.firstFree(from: after.upperBound)
      after = first..<(first < sells.legs.count ? sells.runEnd[first] : first)
    }
  }
}

/// Which of a row of places are free, without looking at the taken ones again and again.
struct FreeList {
  private var next: [Int]
  /// One more than the place before; 0: there is none.
  private var previous: [Int]

  init(count: Int) {
    next = Array(0...count)
    previous = Array(0...count)
  }

  /// False when somebody has it already.
  mutating func take(_ index: Int) -> Bool {
    guard next[index] == index else { return false }
    next[index] = index + 1
    previous[index + 1] = index
    return true
  }

  /// The number of places when none is free.
  mutating func first(from index: Int) -> Int { Self.root(index, &next) }

  mutating func last(before end: Int) -> Int? {
    let place = Self.root(end, &previous)
    return place == 0 ? nil : place - 1
  }

  private static func root(_ index: Int, _ parents: inout [Int]) -> Int {
    var root = index
    while parents[root] != root { root = parents[root] }
    var place = index
    while parents[place] != root {
      let parent = parents[place]
      parents[place] = root
      place = parent
    }
    return root
  }
}
