import JSON

extension TaskPage: JSONCoded {
  init(_ reader: ObjectReader) throws(FieldFault) {
    let tasks: [AgentTask] = try reader.list("tasks") ?? []
    self.init(
      tasks: tasks, nextPageToken: try reader.string("nextPageToken"),
      pageSize: try reader.int("pageSize", in: ObjectReader.count) ?? tasks.count,
      totalSize: try reader.int("totalSize", in: ObjectReader.count) ?? tasks.count)
  }

  /// All four are required, the token also when it is empty.
  func write(to object: inout JSONWriter, as notation: Notation) {
    object.list("tasks", tasks, as: notation)
    object.member("nextPageToken", nextPageToken ?? "")
    object.member("pageSize", pageSize)
    object.member("totalSize", totalSize)
  }
}

extension PushConfigPage: JSONCoded {
  init(_ reader: ObjectReader) throws(FieldFault) {
    self.init(configs: try reader.list("configs") ?? [], nextPageToken: try reader.string("nextPageToken"))
  }

  func write(to object: inout JSONWriter, as notation: Notation) {
    object.list("configs", configs, as: notation)
    object.member("nextPageToken", ifAny: nextPageToken)
  }
}
