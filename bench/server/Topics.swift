import HTTP
import Synchronization
import Wire

/// All hubs: each subscriber belongs to the one of its loop, and an event goes to each once.
final class Topics: Sendable {
  private let hubs = Mutex<[ObjectIdentifier: Hub]>([:])

  func install(into router: inout Router) {
    router.on(.get, "/") { _ in .text(String(repeating: "signalbox ", count: 12)) }
    router.on(.post, "/publish/{topic}") { request in
      let data = try await request.body.collect()
      await self.publish(data, to: request.parameters["topic"] ?? "")
      return Response(.noContent)
    }
    router.on(.get, "/sse/{topic}") { request in
      let topic = request.parameters["topic"] ?? ""
      return .events { stream in
        let hub = self.hub(for: stream.loop)
        let id = await hub.add(.stream(stream), to: topic)
        _ = await stream.untilEnded()
        await hub.remove(id, from: topic)
      }
    }
    router.on(.get, "/ws/{topic}") { request in
      let topic = request.parameters["topic"] ?? ""
      return try .webSocket(for: request) { socket in
        let hub = self.hub(for: socket.loop)
        let id = await hub.add(.socket(socket), to: topic)
        while let _ = try? await socket.receive() {}
        await hub.remove(id, from: topic)
      }
    }
  }

  private func publish(_ data: [UInt8], to topic: String) async {
    let event = EncodedEvent(ServerSentEvent(data: data))
    let message = EncodedMessage(text: data)
    for hub in hubs.withLock({ Array($0.values) }) { await hub.publish(event, message, to: topic) }
  }

  private func hub(for loop: Loop) -> Hub {
    hubs.withLock { hubs in
      if let hub = hubs[ObjectIdentifier(loop)] { return hub }
      let hub = Hub(loop: loop)
      hubs[ObjectIdentifier(loop)] = hub
      return hub
    }
  }
}
