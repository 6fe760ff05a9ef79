import Foundation

/// The process's descriptors: every file and every connection that is open takes one, and the system limits them.
enum Descriptors {
  /// The soft limit that the server asks for: enough for all the connections that it keeps.
  private static let wanted: rlim_t = 4096

  /// How many descriptors this process may have.
  static var limit: Int {
    var limit = rlimit()
    guard getrlimit(openFiles, &limit) == 0 else { return 0 }
    return Int(clamping: limit.rlim_cur)
  }

  /// How many descriptors this process has. Those past the number that the server asks for don't count.
  static var used: Int {
    (0..<Int32(min(limit, Int(wanted)))).count { fcntl($0, F_GETFD) != -1 }
  }

  /// Raises the soft limit as far as the server needs and the hard limit allows. A higher one stays.
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
