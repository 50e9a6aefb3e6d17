import JSON

extension [Figure] {
  /// The figures as data: whoever shows them draws them, and has the table for those who cannot see them.
  package var json: [UInt8] {
    var writer = JSONWriter(reserving: 16_384)
    writer.object { object in
      object.array("figures") { list in
        for figure in self { list.object { figure.write(&$0) } }
      }
    }
    return writer.bytes
  }
}

extension Figure {
  fileprivate func write(_ object: inout JSONWriter) {
    object.member("id", id)
    object.member("title", title)
    object.member("description", description)
    object.member("indicators", indicators)
    object.member("type", content.typeName)
    object.object("data") { content.write(&$0) }
    let table = FigureTable(content)
    object.object("table") { written in
      written.member("columns", table.columns)
      written.array("rows") { rows in
        for row in table.rows {
          rows.array { cells in
            for cell in row { cells.string(cell) }
          }
        }
      }
    }
  }
}

extension Figure.Content {
  package var typeName: String {
    switch self {
    case .priceWithFills: "price_with_fills"
    case .dailyNotional: "daily_notional"
    case .pairedTrades: "paired_trades"
    case .netPosition: "net_position"
    case .accountLinks: "account_links"
    }
  }

  fileprivate func write(_ object: inout JSONWriter) {
    switch self {
    case .priceWithFills(let prices, let fills, let news):
      object.array("prices") { list in
        for point in prices {
          list.object {
            $0.member("day", point.day.description)
            $0.member("close", point.close)
          }
        }
      }
      object.array("fills") { list in
        for fill in fills { list.object { fill.write(&$0) } }
      }
      object.array("news") { list in
        for mark in news {
          list.object {
            $0.member("time", mark.time)
            $0.member("headline", mark.headline)
          }
        }
      }
    case .dailyNotional(let days, let flagged, let median):
      object.array("days") { list in
        for day in days {
          list.object {
            $0.member("day", day.day.description)
            $0.member("amount", day.amount)
          }
        }
      }
      object.member("flagged", flagged.description)
      object.member("median", median)
    case .pairedTrades(let pairs):
      object.array("pairs") { list in
        for pair in pairs { list.object { pair.write(&$0) } }
      }
    case .netPosition(let points):
      object.array("points") { list in
        for point in points {
          list.object {
            $0.member("time", point.time)
            $0.member("position", point.position)
          }
        }
      }
    case .accountLinks(let nodes, let edges): Self.write(nodes, edges, &object)
    }
  }

  private static func write(_ nodes: [Figure.LinkNode], _ edges: [Figure.LinkEdge], _ object: inout JSONWriter) {
    object.array("nodes") { list in
      for node in nodes {
        list.object {
          $0.member("id", node.id)
          $0.member("label", node.label)
          $0.member("layer", node.layer)
          $0.member("is_flagged", node.isFlagged)
        }
      }
    }
    object.array("edges") { list in
      for edge in edges {
        list.object {
          $0.member("from", edge.from)
          $0.member("to", edge.to)
          $0.member("label", edge.label)
        }
      }
    }
  }
}

extension Figure.Fill {
  fileprivate func write(_ object: inout JSONWriter) {
    object.member("time", time)
    object.member("side", side.rawValue)
    object.member("quantity", quantity)
    object.member("price", price)
  }
}

extension Figure.Pair {
  fileprivate func write(_ object: inout JSONWriter) {
    object.object("buy") { Self.write(buy, &$0) }
    object.object("sell") { Self.write(sell, &$0) }
    object.member("price_gap_bp", decimal: priceGap, digits: 2)
    object.member("milliseconds", milliseconds)
  }

  private static func write(_ leg: Figure.Leg, _ object: inout JSONWriter) {
    object.member("time", leg.time)
    object.member("account", leg.account)
    object.member("quantity", leg.quantity)
    object.member("price", leg.price)
  }
}
