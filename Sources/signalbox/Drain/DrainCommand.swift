import HTTP
import Wire

/// `signalbox drain`: ends a gateway without a storm, or says beforehand what that will be like.
struct DrainCommand {
  let options: DrainOptions

  func run() async throws {
    ProcessSetup.prepare()
    let call = AdminCall(access: try options.gateway.access())
    let answer = try await call.send(options.isPlan ? .get : .post, path)
    guard answer.status == (options.isPlan ? .ok : .accepted) else { throw refusal(answer) }
    guard let forecast = DrainForecast(answer: answer.body) else { throw answer.isNo("answer to a drain") }
    if options.printsJSON { return Terminal.print(String(decoding: answer.body, as: UTF8.self)) }
    if !options.isPlan { Terminal.print("The gateway drains, and ends.") }
    for line in forecast.text { Terminal.print(line) }
  }

  private var path: String {
    let values = [("at", options.rate), ("streams", options.streams), ("admit", options.admit)].compactMap {
      name, value in
      value.map { "\(name)=\($0)" }
    }
    return "/drain" + (values.isEmpty ? "" : "?" + values.joined(separator: "&"))
  }

  private func refusal(_ answer: AdminCall.Answer) -> CommandFailure {
    let advice =
      switch answer.status {
      case .unauthorized, .forbidden: AdminCall.notAllowed
      case .notFound: "That is no admin listener, or the gateway is of an earlier version."
      default: "Nothing was changed."
      }
    return .failure("The gateway refused with \(answer.status.code). \(advice)\(answer.said)")
  }
}
