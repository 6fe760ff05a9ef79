import Foundation

/// Where the lab is being served.
///
/// Its description is the line to show to the person who started the server. It names the port that was asked for
/// when that one was busy, so that a moved port is never silent:
///
/// ```
/// The lab is at http://127.0.0.1:8080/
/// Port 8080 is busy, so the lab is on port 8081: http://127.0.0.1:8081/
/// ```
public struct LabAddress: Equatable, Sendable, CustomStringConvertible {
  /// The address or name the server listens on.
  public let host: String

  /// The port the server listens on.
  public let port: Int

  /// The port that was asked for; 0 if any would do.
  public let preferredPort: Int

  /// The address of the site's first page.
  public var url: URL {
    var components = URLComponents()
    components.scheme = "http"
    components.host = host
    components.port = port
    components.path = "/"
    guard let url = components.url else { fatalError("a server cannot listen on the host \(host)") }
    return url
  }

  /// The line to show.
  public var description: String {
    preferredPort == 0 || preferredPort == port
      ? "The lab is at \(url.absoluteString)"
      : "Port \(preferredPort) is busy, so the lab is on port \(port): \(url.absoluteString)"
  }
}
