import Identity
import Wire

/// `signalbox sign-in-link`: a link for one person, from the gateway to the terminal.
struct SignInLinkCommand {
  let options: SignInLinkOptions

  func run() async throws {
    ProcessSetup.prepare()
    let link = try await SignInLinkCall(access: options.gateway.access()).make(for: options.principal)
    if options.printsJSON { return Terminal.print(String(decoding: link.content, as: UTF8.self)) }
    Terminal.print(link.url)
    Terminal.print("Good once, for \(link.principal), within \(link.life(from: .now())): until \(link.expires).")
  }
}
