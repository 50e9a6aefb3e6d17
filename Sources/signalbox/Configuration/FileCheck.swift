import Identity
import Wire

/// Whoever reads files that settings name, as the gateway will, to say what is wrong with them.
protocol FileCheck {
  var settings: Settings { get }
}

extension FileCheck {
  /// What is wrong with the file of a key, if it names one; `load` is asked only for files that can be read.
  func check(_ key: String, _ load: (String) throws -> Void) -> [ConfigurationProblem] {
    guard let file = settings.path(key) else { return [] }
    if let reason = LocalFile.whyUnreadable(file) { return [problem(key, reason)] }
    do {
      try load(file)
      return []
    } catch let error as PolicyError {
      return error.problems.map { problem(key, "\(file):\($0.line): \($0.text)") }
    } catch let error as WireError {
      return [problem(key, error.message)]
    } catch {
      return [problem(key, "\(error)")]
    }
  }

  func problem(_ key: String, _ reason: String) -> ConfigurationProblem {
    .broken(key, settings.entry(key), reason)
  }
}
