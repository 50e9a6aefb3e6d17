import HTTP
import Wire

/// The two pages that a sign-in can end with, in the look of the page at `/sign-in`. Static: no script, no style of their own.
enum OpenIDPage {
  /// Goes on by itself, with a link for browsers that do not.
  ///
  /// Not a redirect: the browser is here because a page of the issuer sent it, and to a browser a redirect is part of that same journey,
  /// which another site began. It would ask for the return path without the session's cookie, which is SameSite=Strict, and be told
  /// that it is not signed in. A page of ours that moves on begins a journey of ours.
  static func signedIn(as name: String, goingTo path: ReturnPath) -> Response {
    let target = HTMLText.escape(path.description)
    return page(
      .ok, title: "Signed in", state: "in",
      head: "\n  <meta http-equiv=\"refresh\" content=\"0; url=\(target)\">",
      text: "You are signed in as \(HTMLText.escape(name)).", link: (target, "Go on"))
  }

  static func failed(_ fault: OpenIDFault, again: String) -> Response {
    page(
      fault.status, title: "Not signed in", state: "refused", head: "", text: HTMLText.escape(fault.advice),
      link: (HTMLText.escape(again), "Sign in again"))
  }

  /// - Parameters: HTML, all of them.
  private static func page(
    _ status: HTTPStatus, title: String, state: String, head: String, text: String, link: (target: String, text: String)
  ) -> Response {
    let page = """
      <!doctype html>
      <html lang="en-GB">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(title): Signalbox</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="/css/tokens.css">
        <link rel="stylesheet" href="/css/base.css">
        <link rel="stylesheet" href="/css/sign-in.css">\(head)
      </head>
      <body>
        <header class="top">
          <div class="bar"><a class="brand" href="/">Signalbox</a></div>
        </header>
        <main data-state="\(state)">
          <section class="card door">
            <svg class="signal" viewBox="0 0 44 84" aria-hidden="true">
              <path class="mast" d="M22 62v18M10 81h24"/>
              <rect class="head" x="5" y="2" width="34" height="60" rx="15"/>
              <circle class="glow stop" cx="22" cy="20" r="13"/>
              <circle class="lamp-stop" cx="22" cy="20" r="8"/>
              <circle class="glow go" cx="22" cy="44" r="13"/>
              <circle class="lamp-go" cx="22" cy="44" r="8"/>
            </svg>
            <div>
              <h1>\(title)</h1>
              <p>\(text)</p>
              <p class="actions"><a class="button primary" href="\(link.target)">\(link.text)</a></p>
            </div>
          </section>
        </main>
      </body>
      </html>

      """
    return Response(
      status, fields: HTTPFields([("content-type", "text/html; charset=utf-8"), ("cache-control", "no-store")]),
      body: .bytes(Array(page.utf8)))
  }
}
