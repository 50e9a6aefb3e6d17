import JSON

// In 1.0 a configuration is flat. In 0.3 it is an object without the task's id, inside one that has it.

extension PushConfig: JSONCoded {
  init(_ reader: ObjectReader) throws(FieldFault) {
    switch reader.notation {
    case .v1:
      self = try Self(inner: reader)
      taskID = try reader.string("taskId")
    case .kinds, .proto0_3:
      self = try Self(legacy: reader)
    }
  }

  func write(to object: inout JSONWriter, as notation: Notation) {
    switch notation {
    case .v1:
      object.member("id", ifAny: id)
      object.member("taskId", ifAny: taskID)
      writeContent(to: &object, as: notation)
    case .kinds:
      object.member("taskId", taskID ?? "")
      object.object("pushNotificationConfig") { writeInner(to: &$0, as: notation) }
    case .proto0_3:
      object.member("name", "tasks/\(taskID ?? "")/pushNotificationConfigs/\(id ?? "")")
      object.object("pushNotificationConfig") { writeInner(to: &$0, as: notation) }
    }
  }

  private init(legacy reader: ObjectReader) throws(FieldFault) {
    let name = reader.name(among: "pushNotificationConfig", "config", "pushNotification")
    guard let config = try reader.reader(name) else {
      // Nobody should leave out the wrapper; but what is in it speaks for itself.
      guard reader.has("url") else { throw .missing(name) }
      self = try Self(inner: reader)
      taskID = try reader.string("taskId")
      return
    }
    do throws(FieldFault) {
      // The request of the old schema has one wrapper more.
      self = config.has("url") ? try Self(inner: config) : try Self(legacy: config)
    } catch {
      throw error.inside(name)
    }
    let place = try Place(reader)
    taskID = place.taskID ?? taskID
    id = id ?? place.configID
  }

  /// Without the id of the task.
  init(inner reader: ObjectReader) throws(FieldFault) {
    self.init(
      url: try reader.requiredString("url"), id: try reader.string("id"), token: try reader.string("token"))
    authentication = try reader.object("authentication")
  }

  func writeInner(to object: inout JSONWriter, as notation: Notation) {
    object.member("id", ifAny: id)
    writeContent(to: &object, as: notation)
  }

  private func writeContent(to object: inout JSONWriter, as notation: Notation) {
    object.member("url", url)
    object.member("token", ifAny: token)
    object.member("authentication", ifPresent: authentication, as: notation)
  }

  /// Which configuration of which task, as the old schema says it: `tasks/T/pushNotificationConfigs/C`.
  private struct Place {
    var taskID: String?
    var configID: String?

    init(_ reader: ObjectReader) throws(FieldFault) {
      taskID = try reader.string("taskId")
      configID = try reader.string("configId")
      guard let name = try reader.string(reader.name(among: "name", "parent")) else { return }
      let (prefix, separator) = ("tasks/".utf8, "/pushNotificationConfigs/".utf8)
      guard name.utf8.starts(with: prefix) else { return }
      let place = name.utf8.dropFirst(prefix.count)
      let gap = place.firstRange(of: separator)
      taskID = taskID ?? Self.text(place[..<(gap?.lowerBound ?? place.endIndex)])
      if let gap { configID = configID ?? Self.text(place[gap.upperBound...]) }
    }

    private static func text(_ bytes: Substring.UTF8View) -> String? {
      bytes.isEmpty ? nil : String(Substring(bytes))
    }
  }
}

extension PushConfig.Authentication: JSONCoded {
  init(_ reader: ObjectReader) throws(FieldFault) {
    if reader.notation.isV1 {
      self.init(scheme: try reader.requiredString("scheme"))
    } else {
      // 0.3 names several; 1.0 has room for one, and the first is the preferred one.
      guard let first = try reader.strings("schemes").first else { throw .missing("schemes") }
      self.init(scheme: first)
    }
    credentials = try reader.string("credentials")
  }

  func write(to object: inout JSONWriter, as notation: Notation) {
    if notation.isV1 {
      object.member("scheme", scheme)
    } else {
      object.strings("schemes", [scheme])
    }
    object.member("credentials", ifAny: credentials)
  }
}
