import Wire

extension GatewayConfiguration.Listener {
  /// Reads and checks the files. Throws with the file's name; what is running stays as it is.
  func loadTLS() throws -> TLSConfiguration {
    try TLSConfiguration(
      identity: TLSIdentity.load(chainFile: certificateFile, keyFile: keyFile), clients: clients.load())
  }

  var clientCertificates: String {
    switch clients {
    case .none: "none"
    case .optional: "optional"
    case .required: "required"
    }
  }
}

extension GatewayConfiguration.Clients {
  func load() throws -> ClientCertificates {
    switch self {
    case .none: .none
    case .optional(let trust): .optional(try trust.load())
    case .required(let trust): .required(try trust.load())
    }
  }
}

extension GatewayConfiguration.Trust {
  func load() throws -> ClientTrust {
    try ClientTrust.load(authorityFile: authorityFile, revocationFile: revocationFile, names: names)
  }
}
