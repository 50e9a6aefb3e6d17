import HTTP
import Wire

/// Calls of the issuer, each with an end to its time and to the length of its answer.
struct OpenIDCaller: Sendable {
  let client: HTTPClient
  let deadlines: ClientDeadlines

  /// As long as a person may be made to wait in front of an empty page.
  static let patience: ClientDeadlines = {
    var deadlines = ClientDeadlines()
    deadlines.connect = .seconds(5)
    deadlines.answer = .seconds(10)
    deadlines.idle = .seconds(10)
    deadlines.total = .seconds(20)
    return deadlines
  }()

  init(client: HTTPClient, deadlines: ClientDeadlines = Self.patience) {
    self.client = client
    self.deadlines = deadlines
  }

  /// The answer, whole. Redirects are not followed: endpoints are where the issuer's document says.
  func send(_ request: ClientRequest, limit: Int) async throws(OpenIDFault) -> (status: HTTPStatus, body: [UInt8]) {
    var request = request
    request.deadlines = deadlines
    do {
      let response = try await client.send(request)
      return (response.status, try await response.body.collect(limit: limit))
    } catch let error as ClientError {
      throw Self.fault(error)
    } catch {
      throw .unavailable("The call of \(request.url.host) was given up.")
    }
  }

  private static func fault(_ error: ClientError) -> OpenIDFault {
    switch error.reason {
    case .malformed, .bodyTooLarge: .issuer(error.description)
    default: .unavailable(error.description)
    }
  }
}
