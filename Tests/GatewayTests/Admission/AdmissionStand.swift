import Gateway
import HTTP
import Journal
import TestSupport
import Testing

@testable import Gateway

/// A gateway with a small budget of openings, of which nothing is left, in a time that stands still.
struct AdmissionStand: Sendable {
  let stand: RecordStand
  let pace: TurnedPace
  let admission: Admission
  /// What has used the budget up; it has heard the first records.
  let first: RecordReader

  /// With a task `t1` of Oscar's, with four records.
  static func run(
    perSecond: Int, within: Duration = .seconds(10), configure: (inout GatewayConfiguration) throws -> Void = { _ in },
    _ body: (AdmissionStand) async throws -> Void
  ) async throws {
    let pace = TurnedPace()
    try await RecordStand.run {
      $0.streams.admitPerSecond = perSecond
      $0.streams.admitWithin = within
      $0.streams.admissionClock = pace.clock
      try configure(&$0)
    } _: { stand async throws in
      let admission = try #require(await stand.gateway.gateway.records).admission
      try await stand.open("t1")
      try await stand.say("t1", 3)
      let first = try await stand.watch("/t1")
      #expect(await first.read(records: 4))
      for _ in 1..<perSecond { #expect(try await stand.knock("/t1").status == 200) }
      try await body(AdmissionStand(stand: stand, pace: pace, admission: admission, first: first))
    }
  }

  func waiting(_ kind: AdmissionTicket.Kind, _ count: Int) async -> Bool {
    await eventually { admission.waitingCount(kind) == count }
  }

  var waitingCounts: [Int] { [admission.waitingCount(.resumed), admission.waitingCount(.new)] }

  /// Turns the time, and waits until so many wait no more.
  func turn(_ milliseconds: Int64, leaving count: Int) async -> Bool {
    let before = waitingCounts.reduce(0, +)
    pace.turn(milliseconds)
    return await eventually { waitingCounts.reduce(0, +) <= before - count }
  }

  /// Comes with the place of the first stream, and goes on to hold what it hears against that.
  func resume() async throws -> RecordReader {
    try await stand.watch("/t1", after: first.checker.lastID, checking: first.checker)
  }

  /// How many openings had this outcome.
  func count(_ kind: AdmissionTicket.Kind, _ outcome: AdmissionMetrics.Outcome) async throws -> Double? {
    try await stand.gateway.metrics()[
      #"signalbox_stream_openings_total{kind="\#(kind.rawValue)",outcome="\#(outcome.rawValue)"}"#]
  }
}

/// What came of a wish for a stream.
struct Knocked: Sendable {
  let status: Int
  let fields: HTTPFields
  let body: [UInt8]
}

extension RecordStand {
  /// The head of a stream, which is left then; or all of another answer.
  func knock(_ path: String, _ lines: [String] = [], as person: TestPeople = .oscar) async throws -> Knocked {
    let fields = lines + ["Host: localhost", "Authorization: Bearer \(try TestTokens.token(for: "\(person)"))"]
    let request = "GET /api/stream\(path) HTTP/1.1\r\n" + fields.map { $0 + "\r\n" }.joined() + "\r\n"
    let answer = try await gateway.client(.people) { client -> Knocked? in
      try client.send(request)
      guard let head = client.answer(toHead: true) else { return nil }
      guard let length = head.fields["content-length"].flatMap({ Int($0) }) else {
        return Knocked(status: head.status, fields: head.fields, body: [])
      }
      var body: [UInt8] = []
      while body.count < length, case .success(let more) = client.receive() { body += more }
      return Knocked(status: head.status, fields: head.fields, body: body)
    }
    return try #require(answer)
  }
}
