import CLibev
import Glibc

/// The socket options that we set, each with the reason why.
enum SocketOption {
  /// `close` then resets the connection instead of sending the rest for minutes to a peer that does not read.
  static func discardOnClose(_ descriptor: Int32) {
    var value = linger(l_onoff: 1, l_linger: 0)
    unsafe _ = setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &value, socklen_t(MemoryLayout<linger>.size))
  }

  /// A small answer must not wait for the acknowledgement of the one before.
  static func sendAtOnce(_ descriptor: Int32) {
    set(descriptor, level: Int32(IPPROTO_TCP), option: TCP_NODELAY, to: 1)
  }

  /// Without a bound the kernel hides a reader that has stopped behind megabytes of its own memory.
  static func boundSendBuffer(_ descriptor: Int32, bytes: Int) {
    set(descriptor, level: SOL_SOCKET, option: SO_SNDBUF, to: Int32(clamping: bytes))
  }

  /// A peer that vanished without a word is noticed by unacknowledged data.
  static func giveUpUnacknowledged(_ descriptor: Int32, after limit: Duration) {
    set(
      descriptor, level: Int32(IPPROTO_TCP), option: TCP_USER_TIMEOUT,
      to: Int32(clamping: limit.components.seconds * 1000))
  }

  static func unheard(_ descriptor: Int32) -> Duration? {
    let milliseconds = signalbox_unheard_milliseconds(descriptor)
    return milliseconds < 0 ? nil : .milliseconds(milliseconds)
  }

  static func set(_ descriptor: Int32, level: Int32, option: Int32, to value: Int32) {
    var value = value
    unsafe _ = setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
  }
}
