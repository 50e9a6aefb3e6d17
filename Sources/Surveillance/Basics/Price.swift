/// A price of one share, in ten-thousandths of the currency's unit.
package struct Price: Hashable, Comparable, Sendable, CustomStringConvertible {
  package static let perUnit = 10_000

  package let tenThousandths: Int

  package init(tenThousandths: Int) { self.tenThousandths = tenThousandths }

  package var value: Double { Double(tenThousandths) / Double(Self.perUnit) }

  package static func < (left: Price, right: Price) -> Bool { left.tenThousandths < right.tenThousandths }

  /// With two to four decimals.
  package var description: String {
    let fraction = Digits.padded(Int(tenThousandths.magnitude) % Self.perUnit, 4)
    let shown = fraction.hasSuffix("00") ? String(fraction.prefix(2)) : fraction
    return "\(tenThousandths < 0 ? "-" : "")\(Digits.grouped(Int(tenThousandths.magnitude) / Self.perUnit)).\(shown)"
  }
}

/// An amount of money, in hundredths of the currency's unit.
package struct Money: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let minor: Int

  package init(minor: Int) { self.minor = minor }

  /// What shares cost; halves of a hundredth go up. A product too large to count stands at the largest amount.
  package init(quantity: Int, price: Price) {
    let (product, isTooLarge) = quantity.multipliedReportingOverflow(by: price.tenThousandths)
    guard !isTooLarge else {
      minor = (quantity < 0) == (price.tenThousandths < 0) ? .max : .min
      return
    }
    minor =
      product >= 0 ? (product / 100) + (product % 100 >= 50 ? 1 : 0) : (product / 100) - (product % 100 <= -50 ? 1 : 0)
  }

  package var value: Double { Double(minor) / 100 }

  package static func < (left: Money, right: Money) -> Bool { left.minor < right.minor }

  package var description: String {
    "\(minor < 0 ? "-" : "")\(Digits.grouped(Int(minor.magnitude / 100))).\(Digits.padded(Int(minor.magnitude % 100), 2))"
  }
}

package enum Side: String, Sendable, Hashable, CaseIterable {
  case buy = "BUY"
  case sell = "SELL"

  /// 1 for a purchase, -1 for a sale.
  package var sign: Int { self == .buy ? 1 : -1 }
}
