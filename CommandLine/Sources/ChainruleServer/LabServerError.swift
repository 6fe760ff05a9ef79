import Foundation

/// Why the lab can't be served. The description says what to do.
public enum LabServerError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The folder doesn't have a built site: it's missing, or has no `index.html`.
  case missingSite(URL)

  /// The number isn't a port: ports go from 1 to 65535, and 0 means any free port.
  case invalidPort(Int)

  /// Every port that was tried is busy.
  case noFreePort(host: String, tried: ClosedRange<Int>)

  /// The system refused the address for another reason.
  case cannotListen(host: String, port: Int, reason: String)

  /// The limit on the process's open files and connections (file descriptors) is too low.
  case tooFewDescriptors(limit: Int, needed: Int)

  /// One line: what is wrong, and what to do.
  public var description: String {
    switch self {
    case .missingSite(let folder):
      "no built site at \(folder.path): it needs an index.html. Build the site with `make site`."
    case .invalidPort(let port):
      "\(port) is not a port: give a number from 1 to 65535, or 0 for any free port."
    case .noFreePort(let host, let tried):
      "every port from \(tried.lowerBound) to \(tried.upperBound) on \(host) is busy: give another port."
    case .cannotListen(let host, let port, let reason):
      "cannot listen on \(host), port \(port): \(reason)."
    case .tooFewDescriptors(let limit, let needed):
      "the limit on open files and connections is \(limit), but the lab needs \(needed): raise it with "
        + "`ulimit -n \(needed)`."
    }
  }
}
