import ChainruleServer
import Foundation
import Testing

@Suite struct LabServerTests {
  let site: TemporarySite

  init() throws {
    site = try TemporarySite()
  }

  private func send(_ path: String, method: String = "GET", headers: [String: String] = [:]) async throws -> Answer {
    try await serving(LabServer(site: site.folder, preferredPort: 0)) { address in
      try await PlainClient(port: address.port).send(path, method: method, headers: headers)
    }
  }

  @Test func theRootIsTheIndexPage() async throws {
    let answer = try await send("/")
    #expect(answer.status == 200)
    #expect(answer.text == TemporarySite.page)
    #expect(answer.headers["content-type"] == "text/html; charset=utf-8")
    #expect(answer.headers["cache-control"] == "no-cache")
    #expect(answer.headers["x-content-type-options"] == "nosniff")
    #expect(answer.headers["content-security-policy"]?.contains("script-src 'self' 'wasm-unsafe-eval'") == true)
  }

  @Test(arguments: [
    ("/chainrule.wasm", "application/wasm"),
    ("/figure.js", "text/javascript; charset=utf-8"),
    ("/style.css", "text/css; charset=utf-8"),
    ("/figures/", "text/html; charset=utf-8"),
    ("/figure.js?version=2", "text/javascript; charset=utf-8"),
  ])
  func everyFileHasItsType(path: String, type: String) async throws {
    let answer = try await send(path)
    #expect(answer.status == 200)
    #expect(answer.headers["content-type"] == type)
  }

  @Test(arguments: [("/", "'self'"), ("/figure.js", "'self'"), ("/figures/", "*")])
  func otherPagesMayFrameSingleFigures(path: String, ancestors: String) async throws {
    let policy = try #require(try await send(path).headers["content-security-policy"])
    #expect(policy.hasSuffix("frame-ancestors \(ancestors)"))
  }

  @Test func theModuleArrivesWhole() async throws {
    let answer = try await send("/chainrule.wasm", headers: ["Range": "bytes=4-"])
    #expect(answer.status == 200)
    #expect(answer.body == TemporarySite.module)
  }

  @Test func anUnchangedFileIsNotSentAgain() async throws {
    try await serving(LabServer(site: site.folder, preferredPort: 0)) { address in
      let client = PlainClient(port: address.port)
      let tag = try #require(try await client.send("/style.css").headers["etag"])
      let again = try await client.send("/style.css", headers: ["If-None-Match": tag])
      #expect(again.status == 304)
      #expect(again.body.isEmpty)

      try Data("body { margin: 0 }".utf8).write(to: site.folder.appending(path: "style.css"))
      let changed = try await client.send("/style.css", headers: ["If-None-Match": tag])
      #expect(changed.status == 200)
      #expect(changed.text == "body { margin: 0 }")
    }
  }

  @Test func aFolderIsFoundWithoutItsSlash() async throws {
    let answer = try await send("/figures")
    #expect(answer.status == 308 || answer.status == 301)
    #expect(answer.headers["location"] == "/figures/")
  }

  @Test(arguments: ["/nothing.html", "/figures/nothing", "/%00", "/index.html%00.js", "//figures", "/index.html/"])
  func anUnknownPathGetsATextThatHelps(path: String) async throws {
    let answer = try await send(path)
    #expect(answer.status == 404)
    #expect(answer.headers["content-type"] == "text/plain; charset=utf-8")
    #expect(answer.text.contains("The first page is at /."))
  }

  @Test(arguments: [
    "/../secret.txt", "/figures/../../secret.txt", "/%2e%2e/secret.txt", "/%2E%2E%2Fsecret.txt", "/..%2fsecret.txt",
    "/figures/..%2f..%2fsecret.txt", "/..%5csecret.txt", "/%252e%252e/secret.txt", "/./../secret.txt",
    "//../secret.txt", "/figures//../../secret.txt", "../secret.txt", "/link.txt",
  ])
  func noPathLeavesTheFolder(path: String) async throws {
    let answer = try await send(path)
    #expect(answer.status == 400 || answer.status == 404)
    #expect(!answer.text.contains(TemporarySite.secret))
  }

  @Test func headTellsWhatGetWouldSend() async throws {
    let answer = try await send("/chainrule.wasm", method: "HEAD")
    #expect(answer.status == 200)
    #expect(answer.body.isEmpty)
    #expect(answer.headers["content-length"] == String(TemporarySite.module.count))
    #expect(answer.headers["content-type"] == "application/wasm")

    let missing = try await send("/nothing.html", method: "HEAD")
    #expect(missing.status == 404)
    #expect(missing.body.isEmpty)
  }

  @Test(arguments: ["POST", "PUT", "DELETE"])
  func onlyReadingIsAllowed(method: String) async throws {
    let answer = try await send("/index.html", method: method)
    #expect(answer.status == 405)
    #expect(answer.headers["allow"] == "GET, HEAD")
  }

  @Test func aBusyPortMovesOnAndSaysSo() async throws {
    try await serving(LabServer(site: site.folder, preferredPort: 0)) { first in
      #expect(first.description == "The lab is at http://127.0.0.1:\(first.port)/")
      let server = LabServer(site: site.folder, preferredPort: first.port)
      try await serving(server) { second in
        #expect(second.port > first.port)
        #expect(second.preferredPort == first.port)
        #expect(
          second.description
            == "Port \(first.port) is busy, so the lab is on port \(second.port): http://127.0.0.1:\(second.port)/")
        let answer = try await PlainClient(port: second.port).send("/")
        #expect(answer.text == TemporarySite.page)
      }
    }
  }

  @Test func aStoppedServerFreesItsPort() async throws {
    let port = try await serving(LabServer(site: site.folder, preferredPort: 0)) { $0.port }
    await #expect(throws: Connection.Failure.self) { try await PlainClient(port: port).send("/") }
  }

  @Test func aMissingSiteSaysWhatToDo() async throws {
    let folder = site.folder.appending(path: "elsewhere")
    let error = await #expect(throws: LabServerError.missingSite(folder)) {
      try await LabServer(site: folder, preferredPort: 0).run { _ in }
    }
    #expect(error?.description.contains("make site") == true)
    #expect(error?.description.contains(folder.path) == true)

    try FileManager.default.removeItem(at: site.folder.appending(path: "index.html"))
    await #expect(throws: LabServerError.missingSite(site.folder)) {
      try await LabServer(site: site.folder, preferredPort: 0).run { _ in }
    }
  }

  @Test(arguments: [-1, 65_536, 1_000_000])
  func aNumberThatIsNoPortIsRefused(port: Int) async {
    await #expect(throws: LabServerError.invalidPort(port)) {
      try await LabServer(site: site.folder, preferredPort: port).run { _ in }
    }
  }

  @Test func anAddressOfAnotherMachineIsRefused() async {
    // 192.0.2.1 is reserved for documentation: no machine has it.
    let error = await #expect(throws: LabServerError.self) {
      try await LabServer(site: site.folder, preferredPort: 0, host: "192.0.2.1").run { _ in }
    }
    #expect(error?.description.hasPrefix("cannot listen on 192.0.2.1, port 0: ") == true)
  }
}
