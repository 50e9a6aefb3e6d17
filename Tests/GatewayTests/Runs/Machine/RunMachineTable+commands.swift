extension RunMachineTable {
  /// While commands are on their way.
  // swift-format-ignore
  static let commandTexts: [MachineStage.State: String] = [
    .cancelling: """
      time           | following: cancel
      cancel         | following: answer again
      another cancel | following: write command+note delivered&memo, answer taken
      message        | following: write command+note delivered&memo, say m2, answer taken
      pause          | following: write command+verdict refused&memo, tell refused, answer taken
      resume         | following: write command+verdict refused&memo, tell refused, answer taken
      working        | following: write event working
      asks           | following: write event input_required+question&memo!
      completed      | ended: write event completed+verdict too-late&memo!, tell too-late, tell ended completed
      piece          | following: write event artifact!
      closed         | pausing to subscribe: write note agent-lost, tell lost
      unreachable    | pausing to subscribe: write note agent-lost, tell lost
      unwelcome      | pausing to subscribe: write note agent-lost, tell lost
      lost           | pausing to subscribe: write note agent-lost, tell lost
      slow           | pausing to subscribe: write note agent-lost, tell lost
      not found      | looking: write note agent-lost, tell lost, look
      unsupported    | looking: write note agent-lost, tell lost, look
      breach         | ending:
      late           | ending:
      """,
    .agreed: """
      time           | following: cancel
      cancel         | following: answer again
      another cancel | following: write command+note delivered&memo, answer taken
      message        | following: write command+note delivered&memo, say m2, answer taken
      pause          | following: write command+verdict refused&memo, tell refused, answer taken
      resume         | following: write command+verdict refused&memo, tell refused, answer taken
      working        | following: write event working
      asks           | following: write event input_required+question&memo!
      completed      | ended: write event completed+verdict too-late&memo!, tell too-late, tell ended completed
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
    .askedAgain: """
      time           | ended: write event canceled+verdict ignored&memo!, tell ignored, tell ended canceled
      cancel         | following: answer again
      another cancel | following: write command+note delivered&memo, answer taken
      message        | following: write command+note delivered&memo, say m2, answer taken
      pause          | following: write command+verdict refused&memo, tell refused, answer taken
      resume         | following: write command+verdict refused&memo, tell refused, answer taken
      working        | following: write event working
      asks           | following: write event input_required+question&memo!
      completed      | ended: write event completed+verdict too-late&memo!, tell too-late, tell ended completed
      piece          | following: write event artifact!
      closed         | pausing to subscribe: write note agent-lost, tell lost
      unreachable    | pausing to subscribe: write note agent-lost, tell lost
      unwelcome      | pausing to subscribe: write note agent-lost, tell lost
      lost           | pausing to subscribe: write note agent-lost, tell lost
      slow           | pausing to subscribe: write note agent-lost, tell lost
      not found      | looking: write note agent-lost, tell lost, look
      unsupported    | looking: write note agent-lost, tell lost, look
      breach         | ending:
      late           | ending:
      """,
    .saidNo: """
      time           | following: write verdict refused&memo, tell refused
      cancel         | following: answer again
      another cancel | following: write command+note delivered&memo, answer taken
      message        | following: write command+note delivered&memo, say m2, answer taken
      pause          | following: write command+verdict refused&memo, tell refused, answer taken
      resume         | following: write command+verdict refused&memo, tell refused, answer taken
      working        | following: write event working
      asks           | following: write event input_required+question&memo!
      completed      | ended: write event completed+verdict too-late&memo!, tell too-late, tell ended completed
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
    .unreached: """
      time            | following: cancel
      cancel          | following: answer again
      another cancel  | following: write command&memo, cancel, answer taken
      message         | following: write command+note delivered&memo, say m2, answer taken
      pause           | following: write command+verdict refused&memo, tell refused, answer taken
      resume          | following: write command+verdict refused&memo, tell refused, answer taken
      working         | following: write event working
      asks            | following: write event input_required+question&memo!
      completed       | ended: write event completed+verdict too-late&memo!, tell too-late, tell ended completed
      piece           | following: write event artifact!
      closed          | pausing to subscribe: write note agent-lost, tell lost
      unreachable     | pausing to subscribe: write note agent-lost, tell lost
      unwelcome       | pausing to subscribe: write note agent-lost, tell lost
      lost            | pausing to subscribe: write note agent-lost, tell lost
      slow            | pausing to subscribe: write note agent-lost, tell lost
      not found       | looking: write note agent-lost, tell lost, look
      unsupported     | looking: write note agent-lost, tell lost, look
      breach          | ending: cancel
      late            | ending: cancel
      cancel left     | following: write note delivered&memo
      cancelled       | following: write note delivered&memo
      cancel accepted | following: write note delivered&memo
      """,
    .deaf: """
      time             | over: hang up, finish
      cancel           | ended: answer again
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
    .cancellingWaiting: """
      time             | subscribing: subscribe, cancel
      cancel           | waiting: answer again
      another cancel   | waiting: write command+note delivered&memo, answer taken
      message          | after a message: write answer+question+note delivered&memo, send m2, answer taken
      pause            | waiting: write command+verdict refused&memo, tell refused, answer taken
      resume           | waiting: write command+verdict refused&memo, tell refused, answer taken
      cancelled        | over: write event canceled+question+verdict stopped&memory&memo!, tell stopped, tell ended canceled, finish
      cancel accepted  | subscribing: subscribe
      cancel refused   | subscribing: subscribe
      cancel not found | subscribing: subscribe
      taken            | subscribing: subscribe
      pause taken      | subscribing: subscribe
      """,
    .saidAtEnd: """
      time           | ended: write verdict undelivered&memo, tell undelivered
      cancel         | ended: answer task-ended
      another cancel | ended: answer task-ended
      message        | ended: answer again
      pause          | ended: answer task-ended
      resume         | ended: answer task-ended
      leave          | over: hang up, write verdict undelivered&memo, tell undelivered, finish
      task           | ended: hold late working, tell late
      working        | ended: hold late working, tell late
      asks           | ended: hold late input_required, tell late
      completed      | ended: hold late completed, tell late
      piece          | ended: hold late artifact, tell late
      answer         | ended: hold late, tell late
      late           | ended: hold late working, tell late
      taken          | ended: write verdict taken&memo, tell taken
      not taken      | ended: write verdict too-late&memo, tell too-late
      """,
    .toPause: """
      time           | ending: cancel
      cancel         | following: write command&memo, cancel, answer taken
      another cancel | following: write command&memo, cancel, answer taken
      message        | following: write command+note delivered&memo, say m2, answer taken
      pause          | following: answer again
      resume         | following: write command+note delivered&memo, say a1-c7, answer taken
      working        | following: write event working
      asks           | following: write event input_required+question&memo!
      completed      | ended: hold event completed!, tell ended completed
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
      pause taken    | following: write verdict paused&memo, tell paused
      """,
  ]
}
