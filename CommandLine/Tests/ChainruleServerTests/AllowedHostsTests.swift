import ChainruleServer
import Foundation
import Testing

/// Requests that are addressed to another host, or come from another site's page, are refused.
@Suite struct AllowedHostsTests {
  let site: TemporarySite

  init() throws {
    site = try TemporarySite()
  }

  /// Sends a request with these fields, in which `PORT` stands for the server's port.
  private func send(_ fields: [String], request: String = "GET / HTTP/1.1") async throws -> Answer {
    try await serving(LabServer(site: site.folder, preferredPort: 0)) { address in
      let fields = (fields + ["Connection: close"]).map { $0.replacing("PORT", with: "\(address.port)") }
      return try await PlainClient(port: address.port).send([request] + fields)
    }
  }

  @Test(arguments: [
    ["Host: 127.0.0.1:PORT"], ["Host: localhost:PORT"], ["host: LocalHost:PORT"], ["Host: [::1]:PORT"],
    ["Host: 127.0.0.1:PORT", "Origin: http://127.0.0.1:PORT"],
    ["Host: 127.0.0.1:PORT", "Origin: http://localhost:PORT"],
    ["Host: localhost:PORT", "Origin: http://[::1]:PORT"],
  ])
  func itsOwnNamesAreAllowed(fields: [String]) async throws {
    let answer = try await send(fields)
    #expect(answer.status == 200)
    #expect(answer.text == TemporarySite.page)
  }

  @Test(arguments: [
    "evil.example", "evil.example:PORT", "127.0.0.1", "localhost", "127.0.0.1:1", "localhost:0PORT", "localhost.:PORT",
    "127.0.0.1.evil.example:PORT", "evil.example:PORT@127.0.0.1:PORT", "127.0.0.1:PORT:PORT", "[::1]", "::1:PORT",
    "localhost:PORT, evil.example", "0.0.0.0:PORT", "",
  ])
  func anotherHostIsRefused(host: String) async throws {
    let answer = try await send(["Host: \(host)"])
    #expect(answer.status == 403)
    #expect(answer.text.hasPrefix("The Host is "))
    #expect(answer.text.contains("but this server is http://127.0.0.1:"))
    #expect(!answer.text.contains(TemporarySite.page))
    #expect(answer.headers["content-type"] == "text/plain; charset=utf-8")
    #expect(answer.headers["content-security-policy"] != nil)
  }

  @Test(arguments: [
    "http://evil.example", "http://evil.example:PORT", "null", "https://127.0.0.1:PORT", "http://127.0.0.1",
    "http://localhost:1", "http://127.0.0.1:PORT.evil.example", "127.0.0.1:PORT", "",
  ])
  func aPageOfAnotherSiteIsRefused(origin: String) async throws {
    let answer = try await send(["Host: 127.0.0.1:PORT", "Origin: \(origin)"])
    #expect(answer.status == 403)
    #expect(answer.text.contains("but only pages of http://127.0.0.1:"))
  }

  @Test func everyOriginIsChecked() async throws {
    let answer = try await send([
      "Host: 127.0.0.1:PORT", "Origin: http://127.0.0.1:PORT", "Origin: http://evil.example",
    ])
    #expect(answer.status == 403)
  }

  @Test(arguments: [
    [], ["Host: 127.0.0.1:PORT", "Host: 127.0.0.1:PORT"], ["Host: 127.0.0.1:PORT", "host: evil.example"],
    ["HOST: evil.example", "Host: 127.0.0.1:PORT"],
  ])
  func exactlyOneHostIsNeeded(fields: [String]) async throws {
    let answer = try await send(fields)
    #expect(answer.status == 400)
    #expect(answer.text.hasPrefix("A request needs exactly one Host field"))
  }

  @Test(arguments: ["POST / HTTP/1.1", "HEAD / HTTP/1.1", "GET /nothing HTTP/1.1", "GET /style.css HTTP/1.0"])
  func theHostIsCheckedFirst(request: String) async throws {
    #expect(try await send(["Host: evil.example"], request: request).status == 403)
  }
}
