import HTTP
import Identity
import JSON
import Wire

/// `POST /drain`, which does what SIGTERM does, and `GET /drain`, which tells beforehand what that will be like.
struct DrainEndpoints: Sendable {
  static let path = "/drain"
  static let mostStreams: Int64 = 10_000_000

  let drain: GatewayDrain
  let forecast: @Sendable (_ rate: Int?, _ streams: Int?) async -> LeaveForecast

  func install(into router: inout SecuredRouter) {
    router.on(.get, Self.path, .may(.administer)) { request, _ in
      let fields = try QueryFields(request.head.target, known: ["at", "streams"])
      let rate = try fields.number("at", in: GatewayDrain.rates).map { Int($0) }
      let streams = try fields.number("streams", in: 0...Self.mostStreams).map { Int($0) }
      return .json(await document(rate, streams))
    }
    router.on(.post, Self.path, .may(.administer), options: SmallBody.options) { request, asker in
      let fields = try QueryFields(request.head.target, known: ["at"])
      let rate = try fields.number("at", in: GatewayDrain.rates).map { Int($0) }
      _ = try await SmallBody.read(request, members: [])
      await drain.begin(at: rate, request, route: "POST \(Self.path)", asker)
      return .json(await document(nil, nil), status: .accepted)
    }
  }

  private func document(_ rate: Int?, _ streams: Int?) async -> [UInt8] {
    var writer = JSONWriter()
    await forecast(rate, streams).write(to: &writer)
    return writer.bytes
  }
}
