import JSON

extension PolicyFile {
  /// The file for a policy: every figure with its value, what it means, what it is as a rule, and what it may be.
  package static func text(_ policy: Policy, keys: [PolicyKey]) -> [UInt8] {
    var writer = JSONWriter(style: .pretty)
    writer.object { file in
      file.member("version", policy.version)
      for group in groups(of: keys) {
        file.object(group) { object in
          for key in keys where key.place.group == group { figure(key, policy[key], &object) }
        }
      }
    }
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  private static func figure(_ key: PolicyKey, _ value: Double, _ writer: inout JSONWriter) {
    writer.object(key.place.name) { figure in
      figure.key("value")
      figure.raw(trusted: Array(PolicyKey.short(value).utf8))
      figure.member("meaning", key.meaning)
      figure.key("rule")
      figure.raw(trusted: Array(PolicyKey.short(key.standard).utf8))
      figure.member("range", key.expected)
    }
  }

  /// In the order in which they come first.
  private static func groups(of keys: [PolicyKey]) -> [String] {
    keys.reduce(into: []) { groups, key in
      let group = key.place.group
      if !groups.contains(group) { groups.append(group) }
    }
  }
}
