/// What a machine does in each state with each input: `input | where it comes to: what it wants done`. A write names its records,
/// `&memory` and `&memo` where what is to be remembered of the run or of commands goes with them, and `!` where a snapshot does. What is
/// not here changes nothing.
enum RunMachineTable {
  static let rows: [MachineStage.State: [String: String]] = texts.merging(commandTexts) { $1 }.mapValues { text in
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
      cancel         | over: write command+event canceled+verdict stopped&memo!, tell stopped, tell ended canceled, finish, answer taken
      another cancel | over: write command+event canceled+verdict stopped&memo!, tell stopped, tell ended canceled, finish, answer taken
      message        | idle: write command&memo, answer taken
      pause          | idle: answer task-waiting
      resume         | idle: answer task-waiting
      cancelled      | over: write event canceled!, tell ended canceled, finish
      """,
    .preparing: """
      cancel         | over: write command&memo, hang up, write event canceled+verdict stopped&memo!, tell stopped, tell ended canceled, finish, answer taken
      another cancel | over: write command&memo, hang up, write event canceled+verdict stopped&memo!, tell stopped, tell ended canceled, finish, answer taken
      message        | preparing: write command&memo, answer taken
      pause          | preparing: answer task-waiting
      resume         | preparing: answer task-waiting
      ready          | connecting: send m1
      unreachable    | over: write event failed!, tell ended failed AGENT_UNAVAILABLE, finish
      unwelcome      | over: write event failed!, tell ended failed AGENT_UNAVAILABLE, finish
      lost           | over: write event failed!, tell ended failed AGENT_UNAVAILABLE, finish
      slow           | over: write event failed!, tell ended failed TIMEOUT, finish
      not found      | over: write event failed!, tell ended failed AGENT_REFUSED, finish
      unsupported    | over: write event failed!, tell ended failed AGENT_REFUSED, finish
      breach         | over: write event failed!, tell ended failed AGENT_PROTOCOL, finish
      late           | over: write event failed!, tell ended failed AGENT_PROTOCOL, finish
      """,
    .connecting: """
      cancel         | over: write command&memo, hang up, write event canceled+verdict stopped&memo!, tell stopped, tell ended canceled, finish, answer taken
      another cancel | over: write command&memo, hang up, write event canceled+verdict stopped&memo!, tell stopped, tell ended canceled, finish, answer taken
      message        | connecting: write command&memo, answer taken
      pause          | connecting: answer task-waiting
      resume         | connecting: answer task-waiting
      connected      | leaving: write &memory
      unreachable    | over: write event failed!, tell ended failed AGENT_UNAVAILABLE, finish
      unwelcome      | over: write event failed!, tell ended failed AGENT_UNAVAILABLE, finish
      lost           | over: write event failed!, tell ended failed AGENT_UNAVAILABLE, finish
      slow           | over: write event failed!, tell ended failed TIMEOUT, finish
      not found      | over: write event failed!, tell ended failed AGENT_REFUSED, finish
      unsupported    | over: write event failed!, tell ended failed AGENT_REFUSED, finish
      breach         | over: write event failed!, tell ended failed AGENT_PROTOCOL, finish
      late           | over: write event failed!, tell ended failed AGENT_PROTOCOL, finish
      """,
    .leaving: """
      cancel         | over: write command&memo, hang up, write event canceled+verdict stopped&memo!, tell stopped, tell ended canceled, finish, answer taken
      another cancel | over: write command&memo, hang up, write event canceled+verdict stopped&memo!, tell stopped, tell ended canceled, finish, answer taken
      message        | leaving: write command&memo, answer taken
      pause          | leaving: answer task-waiting
      resume         | leaving: answer task-waiting
      leaves         | sending:
      unreachable    | over: write event failed!, tell ended failed AGENT_UNAVAILABLE, finish
      unwelcome      | over: write event failed!, tell ended failed AGENT_UNAVAILABLE, finish
      lost           | over: write event failed!, tell ended failed AGENT_UNAVAILABLE, finish
      slow           | over: write event failed!, tell ended failed TIMEOUT, finish
      not found      | over: write event failed!, tell ended failed AGENT_REFUSED, finish
      unsupported    | over: write event failed!, tell ended failed AGENT_REFUSED, finish
      breach         | over: write event failed!, tell ended failed AGENT_PROTOCOL, finish
      late           | over: write event failed!, tell ended failed AGENT_PROTOCOL, finish
      """,
    .sending: """
      time           | ended: hang up, write event failed!, tell ended failed TIMEOUT, search
      cancel         | sending: write command&memo, answer taken
      another cancel | sending: write command&memo, answer taken
      message        | sending: write command&memo, answer taken
      pause          | sending: answer task-waiting
      resume         | sending: answer task-waiting
      connected      | leaving:
      task           | following: tell handed over, write note handed-over+event working&memory!
      working        | following: tell handed over, write note handed-over+event working&memory!
      asks           | following: tell handed over, write note handed-over+event input_required+question&memory&memo!
      completed      | ended: tell handed over, write note handed-over+event completed&memory!, tell ended completed
      piece          | following: tell handed over, write note handed-over+event artifact&memory!
      answer         | ended: write event+event completed!, tell ended completed
      closed         | searching: search
      unreachable    | over: write event failed!, tell ended failed AGENT_UNAVAILABLE, finish
      unwelcome      | over: write event failed!, tell ended failed AGENT_UNAVAILABLE, finish
      lost           | searching: search
      slow           | ended: write event failed!, tell ended failed TIMEOUT, search
      not found      | over: write event failed!, tell ended failed AGENT_REFUSED, finish
      unsupported    | over: write event failed!, tell ended failed AGENT_REFUSED, finish
      breach         | over: write event failed!, tell ended failed AGENT_PROTOCOL, finish
      late           | over: write event failed!, tell ended failed AGENT_PROTOCOL, finish
      """,
    .blocking: """
      time             | over: hang up, write event failed!, tell ended failed TIMEOUT, finish
      cancel           | blocking: write command+verdict undelivered&memo, tell undelivered, answer taken
      another cancel   | blocking: write command+verdict undelivered&memo, tell undelivered, answer taken
      message          | blocking: write command&memo, answer taken
      pause            | blocking: answer task-waiting
      resume           | blocking: answer task-waiting
      connected        | leaving:
      answered working | pausing to look: tell handed over, write note handed-over+event working&memory!
      answered asking  | waiting: tell handed over, write note handed-over+event input_required+question&memory&memo!
      answered done    | over: tell handed over, write note handed-over+event completed&memory!, tell ended completed, finish
      answered message | over: write event+event completed!, tell ended completed, finish
      unreachable      | over: write event failed!, tell ended failed AGENT_UNAVAILABLE, finish
      unwelcome        | over: write event failed!, tell ended failed AGENT_UNAVAILABLE, finish
      lost             | searching: search
      slow             | ended: write event failed!, tell ended failed TIMEOUT, search
      not found        | over: write event failed!, tell ended failed AGENT_REFUSED, finish
      unsupported      | over: write event failed!, tell ended failed AGENT_REFUSED, finish
      breach           | over: write event failed!, tell ended failed AGENT_PROTOCOL, finish
      late             | over: write event failed!, tell ended failed AGENT_PROTOCOL, finish
      """,
    .following: """
      time           | ending: cancel
      cancel         | following: write command&memo, cancel, answer taken
      another cancel | following: write command&memo, cancel, answer taken
      message        | following: write command+note delivered&memo, say m2, answer taken
      pause          | following: write command+verdict refused&memo, tell refused, answer taken
      resume         | following: write command+verdict refused&memo, tell refused, answer taken
      working        | following: write event working
      asks           | following: write event input_required+question&memo!
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
      """,
    .afterAMessage: """
      time             | pausing to subscribe: hang up, write note agent-lost, tell lost
      cancel           | after a message: write command&memo, cancel, answer taken
      another cancel   | after a message: write command&memo, cancel, answer taken
      message          | after a message: answer again
      pause            | after a message: write command+verdict refused&memo, tell refused, answer taken
      resume           | after a message: write command+verdict refused&memo, tell refused, answer taken
      leaves           | after a message:
      task             | following: tell taken, write verdict taken+event working&memory&memo!
      working          | following: tell taken, write verdict taken+event working&memory&memo!
      asks             | following: tell taken, write verdict taken+event input_required&memo
      completed        | ended: tell taken, write verdict taken+event completed&memory&memo!, tell ended completed
      piece            | following: tell taken, write verdict taken+event artifact&memo!
      answer           | following: write verdict taken&memo, tell taken
      closed           | subscribing: subscribe
      answered working | after a message: write verdict taken&memo, tell taken
      answered asking  | after a message: write verdict taken&memo, tell taken
      answered done    | after a message: write verdict taken&memo, tell taken
      answered message | after a message: write verdict taken&memo, tell taken
      unreachable      | looking: look
      unwelcome        | looking: look
      lost             | pausing to subscribe: write note agent-lost, tell lost
      slow             | pausing to subscribe: write note agent-lost, tell lost
      not found        | looking: tell refused, write verdict refused+question&memo, look
      unsupported      | looking: tell refused, write verdict refused+question&memo, look
      breach           | ending: cancel
      late             | ending: cancel
      taken            | after a message: write verdict taken&memo, tell taken
      not taken        | after a message: tell refused, write verdict refused+question&memo
      """,
    .pausing: """
      time             | subscribing: subscribe
      cancel           | pausing to subscribe: write command&memo, cancel, answer taken
      another cancel   | pausing to subscribe: write command&memo, cancel, answer taken
      message          | pausing to subscribe: write command&memo, answer taken
      pause            | pausing to subscribe: write command+verdict refused&memo, tell refused, answer taken
      resume           | pausing to subscribe: write command+verdict refused&memo, tell refused, answer taken
      cancelled        | over: write event canceled!, tell ended canceled, finish
      cancel refused   | subscribing: subscribe
      cancel not found | subscribing: subscribe
      """,
    .subscribing: """
      time           | over: hang up, write event failed!, tell ended failed AGENT_LOST, finish
      cancel         | subscribing: write command&memo, cancel, answer taken
      another cancel | subscribing: write command&memo, cancel, answer taken
      message        | subscribing: write command&memo, answer taken
      pause          | subscribing: write command+verdict refused&memo, tell refused, answer taken
      resume         | subscribing: write command+verdict refused&memo, tell refused, answer taken
      task           | following: write note agent-found, tell found
      working        | following: tell found, write note agent-found+event working
      asks           | following: tell found, write note agent-found+event input_required+question&memo!
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
      """,
    .looking: """
      time           | over: hang up, write event failed!, tell ended failed AGENT_LOST, finish
      cancel         | looking: write command&memo, cancel, answer taken
      another cancel | looking: write command&memo, cancel, answer taken
      message        | looking: write command&memo, answer taken
      pause          | looking: write command+verdict refused&memo, tell refused, answer taken
      resume         | looking: write command+verdict refused&memo, tell refused, answer taken
      shown working  | subscribing: write note agent-found, tell found, subscribe
      shown asking   | subscribing: tell found, tell gap, write note agent-found+gap input_required+event input_required+question&memo!, subscribe
      shown done     | over: tell found, tell gap, write note agent-found+gap completed+event completed!, tell ended completed, finish
      unreachable    | pausing to look:
      unwelcome      | pausing to look:
      lost           | pausing to look:
      slow           | pausing to look:
      not found      | over: write event failed!, tell ended failed AGENT_LOST, finish
      unsupported    | pausing to look:
      breach         | ending: cancel
      late           | ending: cancel
      """,
    .searching: """
      time           | over: hang up, write event failed!, tell ended failed HAND_OVER_LOST, finish
      cancel         | searching: write command&memo, answer taken
      another cancel | searching: write command&memo, answer taken
      message        | searching: write command&memo, answer taken
      pause          | searching: answer task-waiting
      resume         | searching: answer task-waiting
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
      """,
    .resuming: """
      time           | over: hang up, write event failed!, tell ended failed AGENT_LOST, finish
      cancel         | resuming: write command&memo, cancel, answer taken
      another cancel | resuming: write command&memo, cancel, answer taken
      message        | resuming: write command&memo, answer taken
      pause          | resuming: write command&memo, answer taken
      resume         | resuming: write command&memo, answer taken
      ready          | subscribing: subscribe
      unreachable    | pausing to prepare:
      unwelcome      | pausing to prepare:
      lost           | pausing to prepare:
      slow           | pausing to prepare:
      not found      | pausing to prepare:
      unsupported    | pausing to prepare:
      breach         | ending: cancel
      late           | ending: cancel
      """,
    .waiting: """
      time             | subscribing: subscribe
      cancel           | waiting: write command&memo, cancel, answer taken
      another cancel   | waiting: write command&memo, cancel, answer taken
      message          | after a message: write answer+question+note delivered&memo, send m2, answer taken
      pause            | waiting: write command+verdict refused&memo, tell refused, answer taken
      resume           | waiting: write command+verdict refused&memo, tell refused, answer taken
      cancelled        | over: write event canceled+question&memory&memo!, tell ended canceled, finish
      cancel accepted  | subscribing: subscribe
      cancel refused   | subscribing: subscribe
      cancel not found | subscribing: subscribe
      taken            | subscribing: subscribe
      pause taken      | subscribing: subscribe
      """,
    .ending: """
      time               | over: write event failed!, tell ended failed AGENT_PROTOCOL, finish
      cancel             | ending: write command&memo, answer taken
      another cancel     | ending: write command&memo, answer taken
      message            | ending: write command&memo, answer taken
      pause              | ending: write command+verdict refused&memo, tell refused, answer taken
      resume             | ending: write command+verdict refused&memo, tell refused, answer taken
      working            | ending: write event working
      asks               | ending: write event input_required+question&memo!
      completed          | over: write event completed!, tell ended completed, finish
      piece              | ending: write event artifact!
      cancelled          | over: write event failed!, tell ended failed AGENT_PROTOCOL, finish
      cancel accepted    | over: write event failed!, tell ended failed AGENT_PROTOCOL, finish
      cancel refused     | over: write event failed!, tell ended failed AGENT_PROTOCOL, finish
      cancel not found   | over: write event failed!, tell ended failed AGENT_PROTOCOL, finish
      cancel lost        | over: write event failed!, tell ended failed AGENT_PROTOCOL, finish
      cancel unreachable | over: write event failed!, tell ended failed AGENT_PROTOCOL, finish
      """,
    .ended: """
      time             | over: hang up, finish
      cancel           | ended: answer task-ended
      another cancel   | ended: answer task-ended
      message          | ended: answer task-ended
      pause            | ended: answer task-ended
      resume           | ended: answer task-ended
      leave            | over: hang up, finish
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
      """,
    .over: """
      cancel         | over: answer task-ended
      another cancel | over: answer task-ended
      message        | over: answer task-ended
      pause          | over: answer task-ended
      resume         | over: answer task-ended
      """,
  ]
}

extension Substring {
  fileprivate var trimmed: String {
    let start = drop { $0 == " " }
    return String(start.reversed().drop { $0 == " " }.reversed())
  }
}
