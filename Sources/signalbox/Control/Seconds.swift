/// Times for people: seconds, with one digit behind the point.
enum Seconds {
  static func text(_ duration: Duration) -> String {
    let tenths = Int64(duration / .milliseconds(100))
    return "\(tenths / 10).\(tenths % 10)"
  }

  static func text(milliseconds: Int64) -> String { text(.milliseconds(milliseconds)) }
}
