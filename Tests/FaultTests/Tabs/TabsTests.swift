import JSON
import TestSupport
import Testing

extension Faults {
  /// Several tabs of a real browser, with the modules of the real pages, at the real gateway.
  @Suite(
    .timeLimit(.minutes(3)), .enabled(if: Browser.program != nil, "There is no Chromium; `make test` installs it."))
  struct TabsTests {
    @Test(arguments: [TabStage.Way.worker, .leader])
    func `three tabs have one WebSocket and one stream, and all are told every record once`(
      _ way: TabStage.Way
    ) async throws {
      try await TabStage.with(way) { stage in
        try await stage.serve { gateway in
          var producer = try await Producer.open(stage.clients, gateway.ports.agents, task: "flow")
          try await producer.publish(300)
          let tabs = try await stage.tabs(3, gateway)
          for tab in tabs {
            try await tab.follow("flow")
            // Each comes in the middle of what happens.
            for _ in 0..<20 { try await producer.publish(10) }
          }
          // Two more in each tab, of which one is followed by all.
          var others: [Producer] = []
          for name in ["common", "own-1", "own-2", "own-3"] {
            others.append(try await Producer.open(stage.clients, gateway.ports.agents, task: name))
          }
          for (number, tab) in zip(1..., tabs) { try await tab.follow("common", "own-\(number)") }
          for index in others.indices { try await others[index].publish(50) }
          for _ in 0..<20 { try await producer.publish(5) }
          try await stage.expectOneLine("flow", of: gateway)
          try await producer.finish()
          for task in ["flow", "common"] { try await stage.expectWhole(task, in: tabs, of: gateway) }
          for (number, tab) in zip(1..., tabs) {
            try await stage.expectWhole("own-\(number)", in: [tab], of: gateway)
          }
          try await stage.expectOneLine("common", of: gateway)
          try await stage.expectSockets(way == .worker ? [0, 0, 0] : [1, 0, 0], in: tabs)
        }
      }
    }

    @Test(arguments: [TabStage.Way.worker, .leader])
    func `a command of one tab has its verdict there, and the others see the record`(
      _ way: TabStage.Way
    ) async throws {
      try await TabStage.with(way) { stage in
        let port = try Ports.free().agents
        try await stage.station.conformanceAgent(at: port) { _ in
          try await stage.serve(settings: try stage.station.giving(workTo: "tester", at: port)) { gateway in
            let task = try await gateway.submit("test-pause-1", by: stage.clients)
            let tabs = try await stage.tabs(3, gateway)
            for tab in tabs { try await tab.follow(task) }
            try await gateway.until(task, by: stage.clients) { $0.reports.contains("tool_started gated_1") }
            let cancel = #"{type: "cancel", task: "\#(task)", id: "c-1", why: "Enough."}"#
            let receipt = try await tabs[1].command(cancel)
            #expect(receipt["command"]?.string == "cancel" && receipt["repeated"]?.bool == false, "\(receipt)")
            #expect(try await tabs[1].verdicts(of: "c-1") == ["stopped"])
            let worked = try await gateway.ending(of: task, by: stage.clients)
            #expect(worked.verdicts == ["stopped"] && worked.commands("cancel") == 1, "\(worked.summary)")
            try await stage.expectWhole(task, in: tabs, of: gateway)
            for tab in [tabs[0], tabs[2]] { #expect(try await tab.verdicts.isEmpty) }
            // Given again by another tab, it is the same.
            let again = try await tabs[2].command(cancel)
            #expect(again["repeated"]?.bool == true && again["verdict"]?["verdict"]?.string == "stopped", "\(again)")
            let none = try await tabs[0].command(#"{type: "cancel", task: "none"}"#)
            #expect(none["code"]?.string == "not-found", "\(none)")
            try await stage.expectSockets(way == .worker ? [0, 0, 0] : [1, 0, 0], in: tabs)
          }
        }
      }
    }

    enum End: CaseIterable {
      case closed
      case crashed
    }

    @Test(arguments: End.allCases)
    func `when the tab that leads goes, the next one leads, and nobody misses anything`(_ end: End) async throws {
      try await TabStage.with(.leader) { stage in
        try await stage.serve { gateway in
          var producer = try await Producer.open(stage.clients, gateway.ports.agents, task: "flow")
          try await producer.publish(100)
          var tabs = try await stage.tabs(3, gateway)
          for tab in tabs { try await tab.follow("flow") }
          for tab in tabs { try await tab.hear(producer.acknowledged, of: "flow") }
          try await stage.expectSockets([1, 0, 0], in: tabs)
          for round in 1...2 {
            let (leader, before) = (tabs.removeFirst(), producer)
            async let published = Self.publish(40, of: 5, by: before)
            switch end {
            case .closed: try await leader.close()
            case .crashed: try await leader.crash()
            }
            producer = try await published
            try await producer.publish(10)
            try await stage.expectWhole("flow", in: tabs, of: gateway)
            let isOne = try await eventually { try await gateway.sockets(by: stage.clients).open == 1 }
            #expect(isOne)
            try await stage.expectOneLine("flow", of: gateway, opened: 1 + round)
            try await stage.order(&tabs)
          }
        }
      }
    }

    private static func publish(_ times: Int, of size: Int, by producer: Producer) async throws -> Producer {
      var producer = producer
      for _ in 0..<times { try await producer.publish(size) }
      return producer
    }

    @Test(arguments: [TabStage.Way.worker, .leader])
    func `when the gateway is killed and comes back, all tabs go on where they were`(
      _ way: TabStage.Way
    ) async throws {
      try await TabStage.with(way) { stage in
        var (producer, tabs) = try await stage.serve { gateway in
          var producer = try await Producer.open(stage.clients, gateway.ports.agents, task: "flow")
          try await producer.publish(100)
          let tabs = try await stage.tabs(3, gateway)
          for tab in tabs { try await tab.follow("flow") }
          for tab in tabs { try await tab.hear(producer.acknowledged, of: "flow") }
          try await gateway.kill()
          return (producer, tabs)
        }
        for tab in tabs {
          let isWaiting = try await eventually { try await tab.socketKind == "waiting" }
          #expect(isWaiting)
        }
        try await stage.serve { gateway in
          // Before anybody is back, and after.
          try await producer.publish(500)
          try await stage.expectWhole("flow", in: tabs, of: gateway)
          try await producer.publish(20)
          try await stage.expectWhole("flow", in: tabs, of: gateway)
          let isBack = try await eventually { try await gateway.sockets(by: stage.clients).open == 1 }
          #expect(isBack)
          try await stage.expectOneLine("flow", of: gateway)
          tabs.append(try await stage.tab())
          try await tabs[3].follow("flow")
          try await producer.finish()
          try await stage.expectWhole("flow", in: tabs, of: gateway)
          for tab in tabs { #expect(try await !tab.sessions.contains("lost")) }
        }
      }
    }

    @Test func `where tabs cannot find each other, each that is looked at has its own line`() async throws {
      try await TabStage.with(.alone) { stage in
        try await stage.serve { gateway in
          var producer = try await Producer.open(stage.clients, gateway.ports.agents, task: "flow")
          try await producer.publish(50)
          let first = try await stage.signedInTab(gateway)
          try await first.follow("flow")
          try await first.hear(51, of: "flow")
          let second = try await stage.tab()
          try await second.follow("flow")
          try await second.show()
          try await second.hear(51, of: "flow")
          let tabs = [first, second]
          for (shown, hidden) in [(second, first), (first, second), (second, first)] {
            try await shown.show()
            let isHidden = try await eventually { try await !hidden.isSeen }
            #expect(isHidden)
            let isOne = try await eventually { try await gateway.sockets(by: stage.clients).open == 1 }
            #expect(isOne)
            try await producer.publish(50)
            try await stage.expectWhole("flow", in: [shown], of: gateway)
          }
          try await first.show()
          try await stage.expectWhole("flow", in: tabs, of: gateway)
          for tab in tabs { #expect(try await tab.sockets > 0) }
        }
      }
    }
  }
}
