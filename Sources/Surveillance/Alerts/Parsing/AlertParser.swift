/// Reads the files of monitoring systems, in any of their dialects: `SMARTSAlert` and `SmartsAlert` with one alert, `Alert` in its rich
/// form, and `SmartsAlerts` with many.
///
/// Fields are found by their local names wherever they stand. What an alert says of itself goes into its claims alone. A trade that
/// cannot be used is told of and left out; an alert without any is read all the same.
package enum AlertParser {
  package static func parse(_ bytes: [UInt8]) throws(AlertError) -> [Alert] {
    let root: XMLElement
    do throws(XMLError) {
      root = try XMLReader.read(bytes)
    } catch {
      throw AlertError(error.fault, at: error.offset, in: bytes)
    }
    let elements = alerts(in: root)
    guard !elements.isEmpty else {
      throw AlertError(.noAlert(root: XMLReader.Name.shown(root.name)), at: root.offset, in: bytes)
    }
    let places = TextPlaces(bytes)
    return elements.enumerated().map { index, element in
      var builder = AlertBuilder(element, number: index + 1, places: places)
      return builder.build()
    }
  }

  private static func alerts(in root: XMLElement) -> [XMLElement] {
    if AlertNames.alerts.contains(root.key) { return [root] }
    let wrapped = root.outermostBelow { AlertNames.alerts.contains($0.key) && !$0.isLeaf }
    if !wrapped.isEmpty { return wrapped }
    // A root by another name is one if it calls itself so.
    let names = AlertNames.id + AlertNames.type
    return root.firstBelow { names.contains($0.key) && $0.isLeaf } == nil ? [] : [root]
  }
}
