import Foundation
import Synchronization

/// Ctrl-C, and other requests to end, while a network is training. The first one asks training to stop and save, and says
/// so at once; a second one ends the process as usual.
enum Interruption {
  private static let received = Atomic<Int32>(0)
  private static let isQuiet = Atomic(false)

  /// The signal that asked to stop, if one did.
  static var signal: Int32? {
    let signal = received.load(ordering: .relaxed)
    return signal == 0 ? nil : signal
  }

  /// The exit code of a command that was stopped.
  static var exitCode: Int32? { signal.map { 128 + $0 } }

  /// From now on these signals are requests. One that the parent process ignores, as `nohup` does, stays ignored.
  static func watch(quietly: Bool) {
    received.store(0, ordering: .relaxed)
    isQuiet.store(quietly, ordering: .relaxed)
    // The parent process may have blocked the signals, as a thread of Dispatch does.
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      let before = Foundation.signal(number) { Interruption.receive($0) }
      if unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
        Foundation.signal(number, SIG_IGN)
      } else {
        sigaddset(&signals, number)
      }
    }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// Runs inside the signal handler: only what is safe there.
  private static func receive(_ number: Int32) {
    let error = errno
    received.store(number, ordering: .relaxed)
    Foundation.signal(SIGINT, SIG_DFL)
    Foundation.signal(SIGTERM, SIG_DFL)
    // A terminal that closes sends it twice, once by way of the shell.
    Foundation.signal(SIGHUP, SIG_IGN)
    if !isQuiet.load(ordering: .relaxed) {
      let message: StaticString = "\nstopping; press Ctrl-C again to stop without saving\n"
      // The empty line is there for a bar that is being drawn.
      let start = isatty(STDERR_FILENO) == 1 ? 0 : 1
      _ = write(STDERR_FILENO, message.utf8Start + start, message.utf8CodeUnitCount - start)
    }
    errno = error
  }
}
