import Foundation
import Synchronization

/// Handles Ctrl-C and other termination signals while a network trains. The first one asks training to stop and save,
/// and prints a message at once; a second one ends the process as usual.
enum Interruption {
  private static let received = Atomic<Int32>(0)
  private static let isQuiet = Atomic(false)

  /// The signal that was received, if any.
  static var signal: Int32? {
    let signal = received.load(ordering: .relaxed)
    return signal == 0 ? nil : signal
  }

  /// The exit code of a command that was stopped.
  static var exitCode: Int32? { signal.map { 128 + $0 } }

  /// Starts handling these signals. Signals that the parent process ignores, as with `nohup`, stay ignored.
  static func watch(quietly: Bool) {
    received.store(0, ordering: .relaxed)
    isQuiet.store(quietly, ordering: .relaxed)
    // The parent process may have blocked the signals, as Dispatch's threads do.
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

  /// The signal handler. It may call only async-signal-safe functions.
  private static func receive(_ number: Int32) {
    let error = errno
    received.store(number, ordering: .relaxed)
    Foundation.signal(SIGINT, SIG_DFL)
    Foundation.signal(SIGTERM, SIG_DFL)
    // A closing terminal sends it twice, once through the shell.
    Foundation.signal(SIGHUP, SIG_IGN)
    if !isQuiet.load(ordering: .relaxed) {
      let message: StaticString = "\nstopping; press Ctrl-C again to stop without saving\n"
      // On a terminal, the empty line comes first, because a bar is being drawn.
      let start = isatty(STDERR_FILENO) == 1 ? 0 : 1
      _ = write(STDERR_FILENO, message.utf8Start + start, message.utf8CodeUnitCount - start)
    }
    errno = error
  }
}
