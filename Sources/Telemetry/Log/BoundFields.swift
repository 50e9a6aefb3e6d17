/// The fields a `Log` adds to each of its lines: as values, and already written, so that a line costs one copy.
struct BoundFields: Sendable {
  private var rendered: [UInt8] = []
  private var fields: [LogFields.Field] = []

  /// The members each line begins with; a field of such a name is written with `_` behind it.
  private static let reservedKeys = ["time", "level", "message"]

  /// These fields and the new ones, of which the newest of a name wins.
  func adding(_ new: LogFields) -> BoundFields {
    var result = self
    result.fields = merged(with: new)
    var line = JSONLine()
    for (key, value) in result.fields { line.add(key, value) }
    result.rendered = line.renderedMembers
    return result
  }

  /// Writes these fields and those of one line, of which the newest of a name wins.
  func write(with lineFields: LogFields, to line: inout JSONLine) {
    if needsMerging(lineFields) {
      for (key, value) in merged(with: lineFields) { line.add(key, value) }
    } else {
      line.add(renderedMembers: rendered)
      for (key, value) in lineFields.all { line.add(key, value) }
    }
  }

  /// Whether a key is reserved, bound already, or there twice. Almost always false, and so asked before anything is
  /// built.
  private func needsMerging(_ new: LogFields) -> Bool {
    for (index, (key, _)) in new.all.enumerated() {
      if Self.reservedKeys.contains(where: { $0.isSameKey(as: key) }) { return true }
      if fields.contains(where: { $0.0.isSameKey(as: key) }) { return true }
      for (earlier, _) in new.all[..<index] where earlier.isSameKey(as: key) { return true }
    }
    return false
  }

  private func merged(with new: LogFields) -> [LogFields.Field] {
    var result = fields
    for (name, value) in new.all {
      let key = Self.reservedKeys.contains(name) ? name + "_" : name
      result.removeAll { $0.0 == key }
      result.append((key, value))
    }
    return result
  }
}

extension String {
  /// Equality that looks at the length first, which settles most comparisons of two field names.
  fileprivate func isSameKey(as other: String) -> Bool { utf8.count == other.utf8.count && self == other }
}
