import JSON

/// Every key with its default, as a file to begin with.
enum DefaultsDocument {
  static var text: String {
    var writer = JSONWriter(style: .pretty)
    writer.object { object in
      write(SettingsTable.all[...], depth: 0, to: &object)
      // A map that is empty unless somebody fills it.
      object.object(SettingsTable.agentsGroup) { _ in }
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// Settings of one group stand together in the table, so each run with the same name at `depth` is one member.
  private static func write(_ settings: ArraySlice<Setting>, depth: Int, to writer: inout JSONWriter) {
    var rest = settings
    while let first = rest.first {
      let name = first.name(at: depth)
      let run = rest.prefix { $0.name(at: depth) == name }
      rest = rest.dropFirst(run.count)
      writer.key(name)
      if first.depth == depth {
        first.defaultValue.write(to: &writer)
      } else {
        writer.object { write(run, depth: depth + 1, to: &$0) }
      }
    }
  }
}

extension Setting {
  fileprivate var depth: Int { key.filter { $0 == "." }.count }

  fileprivate func name(at depth: Int) -> String { String(key.split(separator: ".")[depth]) }
}
