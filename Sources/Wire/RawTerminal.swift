import Glibc

/// A terminal that gives each key as it is pressed, and shows nothing of it by itself. Glibc's calls for it want pointers, so they are
/// made here, and nowhere else.
package struct RawTerminal: Sendable {
  private let descriptor: Int32
  /// What it was before.
  private let before: termios

  /// Nil where the descriptor is no terminal, or one that cannot be changed.
  package init?(descriptor: Int32) {
    var settings = termios()
    guard unsafe tcgetattr(descriptor, &settings) == 0 else { return nil }
    self.descriptor = descriptor
    before = settings
  }

  /// Keys come at once and without an echo; those that make signals otherwise, such as Ctrl-C, come as keys, too.
  package func begin() {
    var raw = before
    unsafe cfmakeraw(&raw)
    // What is written still has its line feeds.
    raw.c_oflag |= tcflag_t(OPOST)
    unsafe _ = tcsetattr(descriptor, TCSAFLUSH, &raw)
  }

  /// As it was. May be called again, and without `begin`.
  package func end() {
    var settings = before
    unsafe _ = tcsetattr(descriptor, TCSAFLUSH, &settings)
  }

  /// Columns and lines; nil where nobody knows.
  package static func size(descriptor: Int32) -> (columns: Int, lines: Int)? {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return nil }
    return (Int(size.ws_col), Int(size.ws_row))
  }
}
