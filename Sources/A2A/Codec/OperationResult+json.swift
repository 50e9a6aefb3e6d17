import JSON

extension OperationResult {
  /// What an operation is answered with. Nil is JSON's absence: HTTP answers without a body.
  init(of name: OperationName, _ value: JSONValue?, as notation: Notation) throws(FieldFault) {
    if name == .deletePushConfig {
      self = .nothing
      return
    }
    guard let value else { throw FieldFault("is required and is missing") }
    switch name {
    case .sendMessage, .sendStreamingMessage: self = .sent(try SendResult(reading: value, as: notation))
    case .getTask, .cancelTask, .subscribeToTask: self = .task(try AgentTask(reading: value, as: notation))
    case .listTasks: self = .tasks(try TaskPage(reading: value, as: notation))
    case .createPushConfig, .getPushConfig: self = .pushConfig(try PushConfig(reading: value, as: notation))
    case .listPushConfigs where value.kind == .array && !notation.isV1:
      self = .pushConfigs(PushConfigPage(configs: try ObjectReader.list(value.elements, at: "", as: notation)))
    case .listPushConfigs: self = .pushConfigs(try PushConfigPage(reading: value, as: notation))
    case .getExtendedCard: self = .card(try AgentCard(reading: value, as: notation))
    case .deletePushConfig: self = .nothing
    }
  }

  func write(to writer: inout JSONWriter, in dialect: Dialect) {
    let notation = dialect.notation
    switch self {
    case .sent(.task(let task)): writer.object { TaskEvent.task(task).write(to: &$0, as: notation) }
    case .sent(.message(let message)): writer.object { TaskEvent.message(message).write(to: &$0, as: notation) }
    case .task(let task): writer.object { task.write(to: &$0, as: notation) }
    case .tasks(let page): writer.object { page.write(to: &$0, as: notation) }
    case .pushConfig(let config): writer.object { config.write(to: &$0, as: notation) }
    case .pushConfigs(let page) where notation == .kinds:
      writer.array { array in
        for config in page.configs { array.object { config.write(to: &$0, as: notation) } }
      }
    case .pushConfigs(let page): writer.object { page.write(to: &$0, as: notation) }
    case .nothing where dialect.binding == .jsonRPC: writer.null()
    case .nothing: writer.object { _ in }
    case .card(let card): writer.object { card.write(to: &$0, as: notation) }
    }
  }
}

extension SendResult {
  init(reading value: JSONValue, as notation: Notation) throws(FieldFault) {
    switch try TaskEvent(reading: value, as: notation) {
    case .task(let task): self = .task(task)
    case .message(let message): self = .message(message)
    case .status, .artifact: throw FieldFault("must be a task or a message, not an update")
    }
  }
}
