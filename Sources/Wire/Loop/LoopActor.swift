/// An actor that lives on its loop's thread, like connections: for targets in which nothing is unsafe.
package protocol LoopActor: Actor {
  nonisolated var loop: Loop { get }
}

extension LoopActor {
  package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe loop.asUnownedSerialExecutor() }
}
