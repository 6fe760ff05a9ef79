import Foundation

/// The file descriptors of this process. Each open file and each connection takes one, and the system sets a limit.
enum Descriptors {
  /// The soft limit that the server asks for: more than enough for the connections that it allows.
  private static let wanted: rlim_t = 4096

  /// The soft limit: how many descriptors the process may have.
  static var limit: Int {
    var limit = rlimit()
    guard getrlimit(openFiles, &limit) == 0 else { return 0 }
    return Int(clamping: limit.rlim_cur)
  }

  /// How many descriptors are in use, of those below the limit that the server asks for.
  static var used: Int {
    (0..<Int32(min(limit, Int(wanted)))).count { fcntl($0, F_GETFD) != -1 }
  }

  /// Raises the soft limit to what the server asks for, or to the hard limit if that's lower. Never lowers it.
  static func raiseLimit() {
    var limit = rlimit()
    guard getrlimit(openFiles, &limit) == 0, limit.rlim_cur < wanted else { return }
    limit.rlim_cur = min(wanted, limit.rlim_max)
    _ = setrlimit(openFiles, &limit)
  }

  #if canImport(Glibc)
    private static let openFiles = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
  #else
    private static let openFiles = RLIMIT_NOFILE
  #endif
}
