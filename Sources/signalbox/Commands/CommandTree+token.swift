import Identity

extension CommandTree {
  static let token = CommandSpecification(
    ["token"], summary: "Makes keys for bearer tokens, issues tokens, looks into them.",
    discussion: """
      For development, and for scripts of your own: whoever has the private key can issue tokens for anybody. A gateway \
      takes them when tokens.keys names the key set, and tokens.issuer and tokens.audiences say what the tokens say.
      """,
    examples: [
      "signalbox token key --out token.jwk --jwks keys.json",
      "signalbox token issue --key token.jwk --issuer https://box.example --audience box --subject alex",
      "signalbox token show -",
    ],
    .commands([
      CommandSpecification(
        ["token", "key"], summary: "Makes a key pair.",
        discussion: """
          The private key goes into a JWK file of mode 0600, its public half into a JWK set or to standard output. \
          Nothing is ever overwritten. To change keys, put the old and the new public key into one set for as long as \
          tokens of the old one are good.
          """,
        options: [
          .value(
            TokenCommand.algorithm, "ALG",
            "\(TokenCommand.algorithms). Default: \(TokenCommand.defaultAlgorithm.rawValue)."),
          .value(TokenCommand.out, "FILE", "Where the private key goes. Must be given."),
          .value(TokenCommand.keySet, "FILE", "Where the public key set goes. Default: standard output."),
        ],
        examples: [
          "signalbox token key --out token.jwk > keys.json", "signalbox token key --alg EdDSA --out token.jwk",
        ],
        .action(.tokenKey)),
      CommandSpecification(
        ["token", "issue"], summary: "Issues a token, and prints it.",
        options: [
          .value(TokenCommand.key, "FILE", "The private key. Must be given."),
          .value(TokenCommand.issuer, "TEXT", "Who issues it (iss). Must be given."),
          .value(TokenCommand.audience, "TEXT", "Whom it is made out for (aud). Must be given.", isRepeated: true),
          .value(TokenCommand.subject, "TEXT", "Whom it is about (sub). Must be given."),
          .value(TokenCommand.role, "ROLE", "A role (roles); may be given more than once.", isRepeated: true),
          .value(TokenCommand.tenant, "TEXT", "The tenant (tenant)."),
          .value(
            TokenCommand.minutes, "N",
            "How long it is good, 1 to \(TokenCommand.longest). Default: \(TokenCommand.defaultMinutes)."),
        ],
        examples: [
          "signalbox token issue --key token.jwk --issuer https://box.example --audience box --subject alex"
        ], .action(.tokenIssue)),
      CommandSpecification(
        ["token", "show"], summary: "Says what a token says, without checking it.",
        arguments: [
          ArgumentSpecification(
            name: "TOKEN|-",
            help: "The token, or - to read it from standard input, which keeps it out of the list of processes.")
        ], examples: ["signalbox token show -"], .action(.tokenShow)),
    ]))
}
