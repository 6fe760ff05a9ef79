import Foundation
import Synchronization

/// Ctrl-C while training: the first one asks to stop after the epoch, the second one ends the process as usual.
enum Interruption {
  private static let flag = Atomic(false)

  /// Whether somebody asked to stop.
  static var isRequested: Bool { flag.load(ordering: .relaxed) }

  /// From now on an interrupt is a request.
  static func watch() {
    flag.store(false, ordering: .relaxed)
    signal(SIGINT) { _ in
      Interruption.flag.store(true, ordering: .relaxed)
      signal(SIGINT, SIG_DFL)
    }
    // Whoever started this process may have blocked the signal, as a thread of Dispatch does.
    var interrupt = sigset_t()
    sigemptyset(&interrupt)
    sigaddset(&interrupt, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &interrupt, nil)
  }

  /// From now on an interrupt ends the process.
  static func unwatch() { signal(SIGINT, SIG_DFL) }
}
