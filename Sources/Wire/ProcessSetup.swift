import Glibc

/// What a process that serves must have done before its first loop starts.
package enum ProcessSetup {
  /// Raises the soft limit of open files, which is 1,024 by custom, as far as the hard limit and `ceiling` allow. (libwebsockets
  /// sizes its tables by this limit, so it is not raised without bound.) A write to a peer that has gone becomes an error
  /// instead of the end of the process.
  ///
  /// - Returns: the limit in force.
  @discardableResult
  package static func prepare(openFiles ceiling: Int = 65_536) -> Int {
    _ = signal(SIGPIPE, SIG_IGN)
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 0 }
    let wanted = min(rlim_t(ceiling), limit.rlim_max)
    if limit.rlim_cur < wanted || limit.rlim_cur > rlim_t(ceiling) {
      limit.rlim_cur = wanted
      unsafe _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
    return Int(limit.rlim_cur)
  }
}
