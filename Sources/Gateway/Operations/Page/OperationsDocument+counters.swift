import JSON

// What the metrics have, as members.
extension OperationsDocument {
  func writeConnections(to object: inout JSONWriter) {
    let open = figures.count("signalbox_connections_open")
    let sockets = figures.count("signalbox_sockets_open")
    let calls = figures.count("signalbox_a2a_streams_open")
    let events = sources.grants.openEventStreams
    object.member("open", open)
    object.object("byTransport") { list in
      list.member("sse", events)
      list.member("webSocket", sockets)
      list.member("a2a", calls)
      // Counted at other moments than the rest.
      list.member("http", max(0, open - events - sockets - calls))
    }
    object.member("accepted", figures.count("signalbox_connections_total"))
    object.member("refused", figures.count("signalbox_connections_refused_total"))
    object.member("handshakesFailed", figures.count("signalbox_handshakes_failed_total"))
    object.member("evicted", figures.count("signalbox_evictions_total"))
  }

  func writeCounters(to object: inout JSONWriter) {
    object.object("requests") { Self.write(figures.counts("signalbox_http_requests_total", by: "status"), to: &$0) }
    object.member("records", figures.count("signalbox_journal_records_total"))
    object.member("events", figures.count("signalbox_stream_events_total"))
    object.member("eventBytes", figures.count("signalbox_stream_bytes_total"))
    object.object("verdicts") { list in
      for (command, verdicts) in figures.counts("signalbox_command_verdicts_total", by: "command", and: "verdict") {
        list.object(command) { Self.write(verdicts, to: &$0) }
      }
    }
    object.object("socketAnswers") { Self.write(figures.counts("signalbox_socket_answers_total", by: "kind"), to: &$0) }
  }

  func writeHub(to object: inout JSONWriter) {
    object.member("queue", figures.count("signalbox_hub_queue_batches"))
    object.member("overflows", figures.count("signalbox_hub_overflows_total"))
    object.member("slowReaders", figures.count("signalbox_stream_slow_closes_total"))
    object.object("resumes") { Self.write(figures.counts("signalbox_stream_resumes_total", by: "status"), to: &$0) }
  }

  static func write(_ counts: [(key: String, count: Int)], to object: inout JSONWriter) {
    for (key, count) in counts { object.member(key, count) }
  }
}
