import Telemetry

extension RequestID {
  /// Names are for logs: that nobody guesses the next one does not matter, that two differ does.
  static func random() -> RequestID {
    var generator = SystemRandomNumberGenerator()
    return generate(using: &generator)
  }
}
