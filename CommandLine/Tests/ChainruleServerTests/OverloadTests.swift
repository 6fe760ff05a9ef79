import ChainruleServer
import Foundation
import Testing

/// What `chainrule lab`, in a process with few descriptors, does when clients take all that they can get.
@Suite(.serialized) struct OverloadTests {
  let site: TemporarySite

  init() throws {
    site = try TemporarySite()
    try Data(count: 200_000).write(to: site.folder.appending(path: "large.wasm"))
  }

  /// Opens connections from this process, whose limit is raised for them; fewer if there aren't enough descriptors.
  private func connect(_ count: Int, port: Int) async throws -> [Connection] {
    try await onThread { try (0..<count).map { _ in try Connection(port: port) } }
  }

  /// How many connections this process can open, with some descriptors left for the other tests.
  private func raiseOwnLimit() -> Int {
    #if canImport(Glibc)
      let openFiles = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
      let openFiles = RLIMIT_NOFILE
    #endif
    var limit = rlimit()
    getrlimit(openFiles, &limit)
    limit.rlim_cur = min(limit.rlim_max, 4096)
    setrlimit(openFiles, &limit)
    return Int(limit.rlim_cur) - 300
  }

  private func expectPage(_ port: Int) async throws {
    let answer = try await PlainClient(port: port).send("/")
    #expect(answer.status == 200)
    #expect(answer.text == TemporarySite.page)
  }

  /// More idle connections than the process has descriptors: the page comes long before the 30 seconds are over after
  /// which the server closes what is idle.
  @Test(arguments: [1024, 256, 64]) func idleConnectionsLeaveRoom(descriptors: Int) async throws {
    let count = min(1500, raiseOwnLimit())
    let descriptors = min(descriptors, count * 2 / 3)
    let lab = try LabProcess(site: site, limit: "ulimit -n \(descriptors)")
    let port = try await lab.port()
    let idle = try await connect(count, port: port)
    for _ in 0..<10 { try await expectPage(port) }
    #expect(idle.count > descriptors)
    withExtendedLifetime(idle) {}
    #expect(try await lab.interrupt() == 0)
  }

  @Test func requestsThatNeverEndLeaveRoom() async throws {
    let count = min(500, raiseOwnLimit())
    let lab = try LabProcess(site: site, limit: "ulimit -n \(count / 2)")
    let port = try await lab.port()
    let head = "Host: 127.0.0.1:\(port)\r\n"
    let slow = try await connect(count, port: port)
    for (number, connection) in slow.enumerated() {
      // The server has closed some of them by now.
      try? connection.send(
        number.isMultiple(of: 2)
          ? "GET / HTTP/1.1\r\n\(head)" : "POST / HTTP/1.1\r\n\(head)Content-Length: 1000000\r\n\r\n")
    }
    for _ in 0..<10 { try await expectPage(port) }
    withExtendedLifetime(slow) {}
    #expect(try await lab.interrupt() == 0)
  }

  @Test func theSoftLimitIsRaised() async throws {
    // With 20 descriptors it couldn't even start.
    let lab = try LabProcess(site: site, limit: "ulimit -S -n 20")
    try await expectPage(lab.port())
    #expect(try await lab.interrupt() == 0)
  }

  @Test func tooFewDescriptorsAreSaid() async throws {
    let lab = try LabProcess(site: site, limit: "ulimit -n 30")
    #expect(try await lab.end() == 69)
    let text = lab.errorText
    #expect(text.hasPrefix("chainrule: this process may open only 30 files and connections, the lab needs "))
    #expect(text.split(separator: "\n").count == 1)
    let needed = try #require(text.split(separator: " ").last.flatMap { Int($0.prefix { $0.isNumber }) })

    let next = try LabProcess(site: site, limit: "ulimit -n \(needed)")
    try await expectPage(next.port())
    #expect(try await next.interrupt() == 0)
  }

  #if os(Linux)
    /// 200 connections that ask for 50 files of 200 kB each, and read nothing: 2 GB of answers.
    @Test func answersThatNobodyReadsDoNotPileUp() async throws {
      _ = raiseOwnLimit()
      let lab = try LabProcess(site: site, limit: "ulimit -n 1024")
      let port = try await lab.port()
      let request = "GET /large.wasm HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\r\n"
      let greedy = try await connect(200, port: port)
      for connection in greedy { try connection.send(String(repeating: request, count: 50)) }
      for connection in greedy { try await onThread { try connection.waitForAnswer() } }
      try await expectPage(port)

      // Each may hold 64 kB that wait for the kernel, eight pieces of 16 kB read ahead, and a few kB of requests: 40 MB
      // for all, beside 30 MB of the program, and room for what the allocator keeps.
      var peak = 0
      for _ in 0..<60 {
        let before = peak
        try await Task.sleep(for: .seconds(1))
        peak = try peakMemory(of: lab)
        if peak == before { break }
      }
      #expect(peak < 150_000)

      // The end of the server doesn't wait for them either.
      #expect(try await lab.interrupt() == 0)
      withExtendedLifetime(greedy) {}
    }

    /// The most memory that the process had so far, in kB.
    private func peakMemory(of lab: LabProcess) throws -> Int {
      let status = try String(contentsOfFile: "/proc/\(lab.identifier)/status", encoding: .utf8)
      let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
      return try #require(line.split(separator: " ").dropFirst().first.flatMap { Int($0) })
    }
  #endif
}
