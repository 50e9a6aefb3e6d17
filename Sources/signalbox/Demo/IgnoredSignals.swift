import Foundation

/// Signals that whoever started this process wanted to be ignored, as nohup does with SIGHUP.
enum IgnoredSignals {
  static var inherited: Set<Int32> {
    guard let status = FileManager.default.contents(atPath: "/proc/self/status") else { return [] }
    return read(status: String(decoding: status, as: UTF8.self))
  }

  /// The line `SigIgn:` has a mask in hexadecimal; its lowest bit is signal 1.
  static func read(status: String) -> Set<Int32> {
    let line = status.split(separator: "\n").first { $0.hasPrefix("SigIgn:") }
    let digits = line?.split(whereSeparator: { $0 == ":" || $0 == "\t" || $0 == " " }).last ?? ""
    guard let mask = UInt64(digits, radix: 16) else { return [] }
    return Set((0..<64).filter { mask & 1 << $0 != 0 }.map { Int32($0 + 1) })
  }
}
