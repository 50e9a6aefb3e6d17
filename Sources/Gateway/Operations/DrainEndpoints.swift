import HTTP
import Identity
import JSON
import Wire

/// `POST /drain`, which does what SIGTERM does, and `GET /drain`, which tells beforehand what that will be like.
struct DrainEndpoints: Sendable {
  static let path = "/drain"
  static let mostStreams: Int64 = 10_000_000

  let drain: GatewayDrain
  let forecast: @Sendable (LeaveForecast.Asked) async -> LeaveForecast

  func install(into router: inout SecuredRouter) {
    router.on(.get, Self.path, .may(.administer)) { request, _ in
      let fields = try QueryFields(request.head.target, known: ["at", "streams", "admit"])
      return .json(
        await document(
          LeaveForecast.Asked(
            rate: try fields.number("at", in: GatewayDrain.rates).map { Int($0) },
            streams: try fields.number("streams", in: 0...Self.mostStreams).map { Int($0) },
            admit: try fields.number("admit", in: GatewayDrain.rates).map { Int($0) })))
    }
    router.on(.post, Self.path, .may(.administer), options: SmallBody.options) { request, asker in
      let fields = try QueryFields(request.head.target, known: ["at"])
      let rate = try fields.number("at", in: GatewayDrain.rates).map { Int($0) }
      _ = try await SmallBody.read(request, members: [])
      await drain.begin(at: rate, request, route: "POST \(Self.path)", asker)
      return .json(await document(LeaveForecast.Asked()), status: .accepted)
    }
  }

  private func document(_ asked: LeaveForecast.Asked) async -> [UInt8] {
    var writer = JSONWriter()
    await forecast(asked).write(to: &writer)
    return writer.bytes
  }
}
