import Glibc

/// The one place where a loop's thread is made. Its body is a file-scope C function: a closure literal would inherit the
/// isolation of whoever wrote it and trap on another thread.
enum LoopThread {
  static func spawn(running loop: Loop) throws(WireError) {
    // Passed retained; the thread's body takes the reference over.
    let argument = unsafe Unmanaged.passRetained(loop).toOpaque()
    var thread = pthread_t()
    let status = unsafe pthread_create(&thread, nil, loopThreadBody, argument)
    guard status == 0 else {
      unsafe Unmanaged<Loop>.fromOpaque(argument).release()
      throw WireError(.resources, "The thread of loop \(loop.name) could not be started", errno: status)
    }
    pthread_detach(thread)
  }
}

@c private func loopThreadBody(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument = unsafe argument else { return nil }
  unsafe Unmanaged<Loop>.fromOpaque(argument).takeRetainedValue().run()
  return nil
}
