import Hummingbird

/// The names of this server, which a request must be addressed to.
///
/// A browser shows pages from everywhere, and each of them may send requests to this machine, too. It can't read the
/// answers, unless its own name leads to 127.0.0.1 (DNS rebinding): then the browser takes it and the server for one
/// site. The name in the request gives such a page away, so the server looks at two fields:
///
/// - `Host` has to be `127.0.0.1`, `localhost`, `[::1]` or the name that the server was told to listen on, each with the
///   server's port (80 may be left out). Another one gets 403; no `Host`, or two of them, gets 400.
/// - `Origin`, which browsers send when a page's script asks, has to be `http://` and one of these. Another one, `null`
///   included, gets 403. Without an `Origin` the request is let through.
struct OwnNames {
  private let hosts: [String]

  /// The names of a server that listens on `host`.
  init(host: String) {
    hosts = ["127.0.0.1", "localhost", "[::1]", host.contains(":") ? "[\(host)]" : host].map { $0.lowercased() }
  }

  /// Checks whether the request is addressed to this server.
  ///
  /// - Parameter port: the port that the request came to.
  /// - Throws: `HTTPError` with the status and the text for the answer.
  func check(_ request: Request, port: Int) throws(HTTPError) {
    guard let host = request.head.authority, !request.headers.contains(where: { $0.name.canonicalName == "host" })
    else {
      let found = request.head.authority == nil ? "none" : "more than one"
      throw HTTPError(.badRequest, message: "A request needs exactly one Host field, and this one has \(found).")
    }
    guard isOwn(host, port: port) else {
      throw HTTPError(.forbidden, message: "This server is \(hosts[0]):\(port), not \(host.prefix(100)).")
    }
    let origins = request.headers[values: .origin]
    guard origins.allSatisfy({ $0.hasPrefix("http://") && isOwn($0.dropFirst("http://".count), port: port) }) else {
      throw HTTPError(.forbidden, message: "Only pages of http://\(hosts[0]):\(port) may send requests here.")
    }
  }

  private func isOwn(_ name: some StringProtocol, port: Int) -> Bool {
    let name = name.lowercased()
    return hosts.contains { name == "\($0):\(port)" || (port == 80 && name == $0) }
  }
}
