import Hummingbird

/// The names of this server, and the check that a request is addressed to one of them.
///
/// Any page that a browser shows may send requests to this machine. It can't read the answers, unless its own domain
/// name resolves to 127.0.0.1 (DNS rebinding): then the browser takes page and server for one site. Such a request
/// still carries the page's domain name, so the server checks two fields:
///
/// - `Host` must be `127.0.0.1`, `localhost`, `[::1]` or the name that the server listens on, each with the server's
///   port (port 80 may be left out). Any other host is refused with 403. No `Host`, or more than one, is refused with
///   400.
/// - `Origin`, which browsers add to many requests of scripts, must be `http://` and one of these. Any other origin,
///   also `null`, is refused with 403. A request without an `Origin` is fine.
struct AllowedHosts {
  private let names: [String]

  /// The names of a server that listens on `host`.
  init(host: String) {
    names = ["127.0.0.1", "localhost", "[::1]", host.contains(":") ? "[\(host)]" : host].map { $0.lowercased() }
  }

  /// Checks whether the request is addressed to this server.
  ///
  /// - Parameter port: the port that the request came to.
  /// - Throws: `HTTPError` with the status and the text for the answer.
  func check(_ request: Request, port: Int) throws(HTTPError) {
    guard let host = request.head.authority, !request.headers.contains(where: { $0.name.canonicalName == "host" })
    else {
      let found = request.head.authority == nil ? "none" : "more than one"
      throw HTTPError(.badRequest, message: "A request needs exactly one Host field, but this one has \(found).")
    }
    let own = "http://\(names[0]):\(port)"
    guard isOwn(host, port: port) else {
      throw HTTPError(.forbidden, message: "The Host is \(host.prefix(100)), but this server is \(own)/: use that.")
    }
    let foreign = request.headers[values: .origin].first {
      !$0.hasPrefix("http://") || !isOwn($0.dropFirst("http://".count), port: port)
    }
    if let foreign {
      throw HTTPError(
        .forbidden, message: "The Origin is \(foreign.prefix(100)), but only pages of \(own) may send requests here.")
    }
  }

  private func isOwn(_ name: some StringProtocol, port: Int) -> Bool {
    let name = name.lowercased()
    return names.contains { name == "\($0):\(port)" || (port == 80 && name == $0) }
  }
}
