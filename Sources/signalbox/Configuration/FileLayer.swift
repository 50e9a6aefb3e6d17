import JSON

/// What a configuration file says.
enum FileLayer {
  static func read(
    _ file: ConfigurationSources.File, _ problems: inout [ConfigurationProblem]
  ) -> [String: SettingEntry] {
    let root: JSONValue
    do throws(JSONError) {
      root = try JSONValue(parsing: file.bytes, limits: JSONLimits(maxBytes: 1 << 20))
    } catch {
      let place = error.position(in: file.bytes)
      let detail = error.detail.isEmpty ? "" : " (\(error.detail))"
      problems.append(
        .source("\(file.path):\(place.line):\(place.column) is not the JSON it must be: \(error.reason)\(detail)."))
      return [:]
    }
    guard root.kind == .object else {
      problems.append(.source("\(file.path):1:1 must hold a JSON object: { … }."))
      return [:]
    }
    var layer: [String: SettingEntry] = [:]
    collect(root, below: "", file.path, &layer, &problems)
    return layer
  }

  private static func collect(
    _ object: JSONValue, below group: String, _ path: String, _ layer: inout [String: SettingEntry],
    _ problems: inout [ConfigurationProblem]
  ) {
    for (name, value) in object.members {
      let key = group.isEmpty ? name : "\(group).\(name)"
      let origin = SettingOrigin.file(path, line: value.position.line, column: value.position.column)
      // A name with a dot in it would read as the path of another key.
      if name.contains("."), group == SettingsTable.agentsGroup, SettingsTable.setting(key) == nil {
        problems.append(.dottedAgent(key, origin))
      } else if name.contains(".") {
        let advice = SettingsTable.setting(key) == nil ? KeySuggestion.nearest(to: key) : nest(key)
        problems.append(.unknownKey(key, suggestion: advice, origin))
      } else if let setting = SettingsTable.setting(key) {
        if let read = setting.kind.read(value) {
          layer[key] = SettingEntry(value: read, origin: origin)
        } else {
          problems.append(.badValue(setting, value.description, origin))
        }
      } else if !KeySuggestion.isGroup(key) {
        problems.append(.unknownKey(key, suggestion: KeySuggestion.nearest(to: key), origin))
      } else if value.kind == .object {
        if value.count == 0, SettingsTable.agentName(in: key) != nil { problems.append(.emptyAgent(key, origin)) }
        collect(value, below: key, path, &layer, &problems)
      } else {
        problems.append(.notAnObject(key, value.description, origin))
      }
    }
  }

  /// `log.level` as the file must have it: `{"log": {"level": …}}`.
  private static func nest(_ key: String) -> String {
    let names = key.split(separator: ".")
    return names.map { "{\"\($0)\": " }.joined() + "…" + String(repeating: "}", count: names.count)
  }
}
