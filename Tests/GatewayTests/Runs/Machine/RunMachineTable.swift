/// What a machine does in each state with each input: `input | where it comes to: what it wants done`. A write names its records,
/// `&memory` where the memory goes with them and `!` where a snapshot does. What is not here changes nothing.
enum RunMachineTable {
  static let rows: [MachineStage.State: [String: String]] = texts.mapValues { text in
    let pairs = text.split(separator: "\n").map { line in
      let cells = line.split(separator: "|", maxSplits: 1)
      return (cells[0].trimmed, cells[1].trimmed)
    }
    return Dictionary(uniqueKeysWithValues: pairs)
  }

  // Rows stay whole, so that they can be read as a table.
  // swift-format-ignore
  private static let texts: [MachineStage.State: String] = [
    .idle: """
      begin          | preparing: prepare
      cancel         | over: write command+event canceled!, answer stopped, tell ended canceled, finish
      message        | idle: write command&memory
      cancelled      | over: write event canceled!, tell ended canceled, finish
      cancel refused | idle: write note cancel-refused
      not taken      | idle: write note message-refused
      """,
    .preparing: """
      cancel         | over: write command, hang up, write event canceled!, answer stopped, tell ended canceled, finish
      message        | preparing: write command&memory
      ready          | connecting: send m1
      unreachable    | over: write event failed!, tell ended failed AGENT_UNAVAILABLE, finish
      unwelcome      | over: write event failed!, tell ended failed AGENT_UNAVAILABLE, finish
      lost           | over: write event failed!, tell ended failed AGENT_UNAVAILABLE, finish
      slow           | over: write event failed!, tell ended failed TIMEOUT, finish
      not found      | over: write event failed!, tell ended failed AGENT_REFUSED, finish
      unsupported    | over: write event failed!, tell ended failed AGENT_REFUSED, finish
      breach         | over: write event failed!, tell ended failed AGENT_PROTOCOL, finish
      late           | over: write event failed!, tell ended failed AGENT_PROTOCOL, finish
      cancel refused | preparing: write note cancel-refused
      not taken      | preparing: write note message-refused
      """,
    .connecting: """
      cancel         | over: write command, hang up, write event canceled!, answer stopped, tell ended canceled, finish
      message        | connecting: write command&memory
      connected      | leaving: write &memory
      unreachable    | over: write event failed!, tell ended failed AGENT_UNAVAILABLE, finish
      unwelcome      | over: write event failed!, tell ended failed AGENT_UNAVAILABLE, finish
      lost           | over: write event failed!, tell ended failed AGENT_UNAVAILABLE, finish
      slow           | over: write event failed!, tell ended failed TIMEOUT, finish
      not found      | over: write event failed!, tell ended failed AGENT_REFUSED, finish
      unsupported    | over: write event failed!, tell ended failed AGENT_REFUSED, finish
      breach         | over: write event failed!, tell ended failed AGENT_PROTOCOL, finish
      late           | over: write event failed!, tell ended failed AGENT_PROTOCOL, finish
      cancel refused | connecting: write note cancel-refused
      not taken      | connecting: write note message-refused
      """,
    .leaving: """
      cancel         | over: write command, hang up, write event canceled!, answer stopped, tell ended canceled, finish
      message        | leaving: write command&memory
      leaves         | sending:
      unreachable    | over: write event failed!, tell ended failed AGENT_UNAVAILABLE, finish
      unwelcome      | over: write event failed!, tell ended failed AGENT_UNAVAILABLE, finish
      lost           | over: write event failed!, tell ended failed AGENT_UNAVAILABLE, finish
      slow           | over: write event failed!, tell ended failed TIMEOUT, finish
      not found      | over: write event failed!, tell ended failed AGENT_REFUSED, finish
      unsupported    | over: write event failed!, tell ended failed AGENT_REFUSED, finish
      breach         | over: write event failed!, tell ended failed AGENT_PROTOCOL, finish
      late           | over: write event failed!, tell ended failed AGENT_PROTOCOL, finish
      cancel refused | leaving: write note cancel-refused
      not taken      | leaving: write note message-refused
      """,
    .sending: """
      time           | over: hang up, write event failed!, tell ended failed TIMEOUT, finish
      cancel         | sending: write command
      message        | sending: write command&memory
      connected      | leaving:
      task           | following: tell handed over, write note handed-over+event working&memory!
      working        | following: tell handed over, write note handed-over+event working&memory!
      asks           | following: tell handed over, write note handed-over+event input_required&memory!
      completed      | ended: tell handed over, write note handed-over+event completed&memory!, tell ended completed
      piece          | following: tell handed over, write note handed-over+event artifact&memory!
      answer         | ended: write event+event completed!, tell ended completed
      closed         | searching: search
      unreachable    | over: write event failed!, tell ended failed AGENT_UNAVAILABLE, finish
      unwelcome      | over: write event failed!, tell ended failed AGENT_UNAVAILABLE, finish
      lost           | searching: search
      slow           | over: write event failed!, tell ended failed TIMEOUT, finish
      not found      | over: write event failed!, tell ended failed AGENT_REFUSED, finish
      unsupported    | over: write event failed!, tell ended failed AGENT_REFUSED, finish
      breach         | over: write event failed!, tell ended failed AGENT_PROTOCOL, finish
      late           | over: write event failed!, tell ended failed AGENT_PROTOCOL, finish
      cancel refused | sending: write note cancel-refused
      not taken      | sending: write note message-refused
      """,
    .blocking: """
      time             | over: hang up, write event failed!, tell ended failed TIMEOUT, finish
      cancel           | blocking: write command, answer undelivered
      message          | blocking: write command&memory
      connected        | leaving:
      answered working | pausing to look: tell handed over, write note handed-over+event working&memory!
      answered asking  | waiting: tell handed over, write note handed-over+event input_required&memory!
      answered done    | over: tell handed over, write note handed-over+event completed&memory!, tell ended completed, finish
      answered message | over: write event+event completed!, tell ended completed, finish
      unreachable      | over: write event failed!, tell ended failed AGENT_UNAVAILABLE, finish
      unwelcome        | over: write event failed!, tell ended failed AGENT_UNAVAILABLE, finish
      lost             | searching: search
      slow             | over: write event failed!, tell ended failed TIMEOUT, finish
      not found        | over: write event failed!, tell ended failed AGENT_REFUSED, finish
      unsupported      | over: write event failed!, tell ended failed AGENT_REFUSED, finish
      breach           | over: write event failed!, tell ended failed AGENT_PROTOCOL, finish
      late             | over: write event failed!, tell ended failed AGENT_PROTOCOL, finish
      cancel refused   | blocking: write note cancel-refused
      not taken        | blocking: write note message-refused
      """,
    .following: """
      time           | ending: cancel
      cancel         | following: write command, cancel
      message        | following: write command&memory, say m2
      working        | following: write event working
      asks           | following: write event input_required!
      completed      | ended: write event completed!, tell ended completed
      piece          | following: write event artifact!
      closed         | pausing to subscribe: write note agent-lost, tell lost
      unreachable    | pausing to subscribe: write note agent-lost, tell lost
      unwelcome      | pausing to subscribe: write note agent-lost, tell lost
      lost           | pausing to subscribe: write note agent-lost, tell lost
      slow           | pausing to subscribe: write note agent-lost, tell lost
      not found      | looking: write note agent-lost, tell lost, look
      unsupported    | looking: write note agent-lost, tell lost, look
      breach         | ending: cancel
      late           | ending: cancel
      cancel refused | following: write note cancel-refused
      not taken      | following: write note message-refused
      """,
    .afterAMessage: """
      time           | pausing to subscribe: write note message-refused&memory, hang up, write note agent-lost, tell lost
      cancel         | after a message: write command, cancel
      message        | after a message: write command&memory
      leaves         | after a message:
      task           | following: write event working&memory!
      working        | following: write event working&memory!
      asks           | following: write event input_required&memory
      completed      | ended: write event completed&memory!, tell ended completed
      piece          | following: write event artifact&memory!
      answer         | following: write &memory
      closed         | subscribing: subscribe
      unreachable    | looking: write note message-refused&memory, look
      unwelcome      | looking: write note message-refused&memory, look
      lost           | pausing to subscribe: write note message-refused+note agent-lost&memory, tell lost
      slow           | pausing to subscribe: write note message-refused+note agent-lost&memory, tell lost
      not found      | looking: write note message-refused&memory, look
      unsupported    | looking: write note message-refused&memory, look
      breach         | ending: cancel
      late           | ending: cancel
      cancel refused | after a message: write note cancel-refused
      taken          | after a message: write &memory
      not taken      | after a message: write note message-refused&memory
      """,
    .pausing: """
      time           | subscribing: subscribe
      cancel         | pausing to subscribe: write command, cancel
      message        | pausing to subscribe: write command&memory
      cancelled      | over: write event canceled!, tell ended canceled, finish
      cancel refused | pausing to subscribe: write note cancel-refused
      not taken      | pausing to subscribe: write note message-refused
      """,
    .subscribing: """
      time           | over: hang up, write event failed!, tell ended failed AGENT_LOST, finish
      cancel         | subscribing: write command, cancel
      message        | subscribing: write command&memory
      task           | following: write note agent-found, tell found
      working        | following: tell found, write note agent-found+event working
      asks           | following: tell found, write note agent-found+event input_required!
      completed      | ended: tell found, write note agent-found+event completed!, tell ended completed
      piece          | following: tell found, write note agent-found+event artifact!
      answer         | following: write note agent-found, tell found
      closed         | pausing to subscribe:
      unreachable    | pausing to subscribe:
      unwelcome      | pausing to subscribe:
      lost           | pausing to subscribe:
      slow           | pausing to subscribe:
      not found      | looking: look
      unsupported    | looking: look
      breach         | ending: cancel
      late           | ending: cancel
      cancel refused | subscribing: write note cancel-refused
      not taken      | subscribing: write note message-refused
      """,
    .looking: """
      time           | over: hang up, write event failed!, tell ended failed AGENT_LOST, finish
      cancel         | looking: write command, cancel
      message        | looking: write command&memory
      shown working  | subscribing: write note agent-found, tell found, subscribe
      shown asking   | subscribing: tell found, tell gap, write note agent-found+gap input_required+event input_required!, subscribe
      shown done     | over: tell found, tell gap, write note agent-found+gap completed+event completed!, tell ended completed, finish
      unreachable    | pausing to look:
      unwelcome      | pausing to look:
      lost           | pausing to look:
      slow           | pausing to look:
      not found      | over: write event failed!, tell ended failed AGENT_LOST, finish
      unsupported    | pausing to look:
      breach         | ending: cancel
      late           | ending: cancel
      cancel refused | looking: write note cancel-refused
      not taken      | looking: write note message-refused
      """,
    .searching: """
      time           | over: hang up, write event failed!, tell ended failed HAND_OVER_LOST, finish
      cancel         | searching: write command
      message        | searching: write command&memory
      found          | subscribing: write note handed-over&memory, tell handed over, subscribe
      found nothing  | pausing to search:
      unreachable    | pausing to search:
      unwelcome      | pausing to search:
      lost           | pausing to search:
      slow           | pausing to search:
      not found      | over: write event failed!, tell ended failed HAND_OVER_LOST, finish
      unsupported    | over: write event failed!, tell ended failed HAND_OVER_LOST, finish
      breach         | over: write event failed!, tell ended failed AGENT_PROTOCOL, finish
      late           | over: write event failed!, tell ended failed AGENT_PROTOCOL, finish
      cancel refused | searching: write note cancel-refused
      not taken      | searching: write note message-refused
      """,
    .resuming: """
      time           | over: hang up, write event failed!, tell ended failed AGENT_LOST, finish
      cancel         | resuming: write command, cancel
      message        | resuming: write command&memory
      ready          | subscribing: subscribe
      unreachable    | pausing to prepare:
      unwelcome      | pausing to prepare:
      lost           | pausing to prepare:
      slow           | pausing to prepare:
      not found      | pausing to prepare:
      unsupported    | pausing to prepare:
      breach         | ending: cancel
      late           | ending: cancel
      cancel refused | resuming: write note cancel-refused
      not taken      | resuming: write note message-refused
      """,
    .waiting: """
      time           | subscribing: subscribe
      cancel         | waiting: write command, cancel
      message        | after a message: write command&memory, send m2
      cancelled      | over: write event canceled&memory!, tell ended canceled, finish
      cancel refused | waiting: write note cancel-refused
      taken          | subscribing: subscribe
      not taken      | waiting: write note message-refused
      """,
    .ending: """
      time            | over: write event failed!, tell ended failed AGENT_PROTOCOL, finish
      cancel          | ending: write command
      message         | ending: write command&memory
      working         | ending: write event working
      asks            | ending: write event input_required!
      completed       | over: write event completed!, tell ended completed, finish
      piece           | ending: write event artifact!
      cancelled       | over: write event failed!, tell ended failed AGENT_PROTOCOL, finish
      cancel accepted | over: write event failed!, tell ended failed AGENT_PROTOCOL, finish
      cancel refused  | over: write event failed!, tell ended failed AGENT_PROTOCOL, finish
      cancel lost     | over: write event failed!, tell ended failed AGENT_PROTOCOL, finish
      not taken       | ending: write note message-refused
      """,
    .ended: """
      time             | over: hang up, finish
      cancel           | ended: answer ended completed
      ready            | over: finish
      task             | ended: write late working, tell late
      working          | ended: write late working, tell late
      asks             | ended: write late input_required, tell late
      completed        | ended: write late completed, tell late
      piece            | ended: write late artifact, tell late
      answer           | ended: write late, tell late
      closed           | over: finish
      answered working | over: finish
      answered asking  | over: finish
      answered done    | over: finish
      answered message | over: finish
      shown working    | over: finish
      shown asking     | over: finish
      shown done       | over: finish
      found            | over: finish
      found nothing    | over: finish
      unreachable      | over: finish
      unwelcome        | over: finish
      lost             | over: finish
      slow             | over: finish
      not found        | over: finish
      unsupported      | over: finish
      breach           | over: finish
      late             | over: write late working, tell late, finish
      not taken        | ended: write note message-refused
      """,
    .over: """
      cancel | over: answer ended completed
      """,
  ]
}

extension Substring {
  fileprivate var trimmed: String {
    let start = drop { $0 == " " }
    return String(start.reversed().drop { $0 == " " }.reversed())
  }
}
