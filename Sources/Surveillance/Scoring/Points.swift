/// Points of an indicator, counted in ten-thousandths: sums of whole numbers are the same in every order.
package struct Points: Hashable, Comparable, Sendable, CustomStringConvertible {
  package static let perPoint = 10_000
  package static let zero = Points(tenThousandths: 0)
  /// So large that no policy reaches it, and so small that no sum overflows.
  private static let most = 1_000_000.0

  package let tenThousandths: Int

  package init(tenThousandths: Int) { self.tenThousandths = tenThousandths }

  /// Rounded, halves up. There are no negative points; what is no number gives none.
  package init(_ value: Double) {
    let bounded = value > 0 ? min(value, Self.most) : 0
    tenThousandths = Int((bounded * Double(Self.perPoint)).rounded(.toNearestOrAwayFromZero))
  }

  package var value: Double { Double(tenThousandths) / Double(Self.perPoint) }

  package static func < (left: Points, right: Points) -> Bool { left.tenThousandths < right.tenThousandths }
  package static func + (left: Points, right: Points) -> Points {
    Points(tenThousandths: left.tenThousandths + right.tenThousandths)
  }

  /// With one decimal, for people.
  package var description: String { Decimals.text(value, digits: 1) }
}
