import ChainruleServer
import Foundation
import Testing

/// `chainrule lab`, in a process with few file descriptors, stays up while clients take all resources that they can
/// get.
@Suite(.serialized) struct OverloadTests {
  let site: TemporarySite

  init() throws {
    site = try TemporarySite()
    try Data(count: 200_000).write(to: site.folder.appending(path: "large.wasm"))
  }

  /// Opens this number of connections, if that takes less than a minute in total.
  private func connect(_ count: Int, port: Int) async throws -> [Connection] {
    try await onThread {
      let end = ContinuousClock.now + .seconds(60)
      return try (0..<count).map { _ in
        guard ContinuousClock.now < end else { throw Connection.Failure(call: "connect", code: ETIMEDOUT) }
        return try Connection(port: port)
      }
    }
  }

  /// Raises this process's limit. Returns how many connections it can then open, while leaving some for other tests.
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

  /// There are more idle connections than the server has descriptors. `PlainClient` waits 20 seconds for the page, and
  /// the server would close the idle connections after 30.
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

  @Test func onlyIdleConnectionsAreClosed() async throws {
    let count = min(500, raiseOwnLimit())
    let lab = try LabProcess(site: site, limit: "ulimit -n \(count / 2)")
    let port = try await lab.port()
    let regular = try await onThread { try Connection(port: port) }
    var idle: [Connection] = []
    while idle.count < count {
      idle += try await connect(10, port: port)
      try regular.send("GET / HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\r\n")
      try await onThread { try regular.receive(through: TemporarySite.page) }
    }
    #expect(try await waiting { try idle[0].isClosed() })
    #expect(try await lab.interrupt() == 0)
  }

  @Test func requestsThatNeverEndLeaveRoom() async throws {
    let count = min(500, raiseOwnLimit())
    let lab = try LabProcess(site: site, limit: "ulimit -n \(count / 2)")
    let port = try await lab.port()
    let head = "Host: 127.0.0.1:\(port)\r\n"
    let slow = try await connect(count, port: port)
    for (number, connection) in slow.enumerated() {
      // It fails if the server has closed the connection to make room.
      try? connection.send(
        number.isMultiple(of: 2)
          ? "GET / HTTP/1.1\r\n\(head)" : "POST / HTTP/1.1\r\n\(head)Content-Length: 1000000\r\n\r\n")
    }
    for _ in 0..<10 { try await expectPage(port) }
    withExtendedLifetime(slow) {}
    #expect(try await lab.interrupt() == 0)
  }

  @Test func theSoftLimitIsRaised() async throws {
    // With 30 descriptors there would be no room for so many.
    let lab = try LabProcess(site: site, limit: "ulimit -S -n 30")
    let port = try await lab.port()
    let connections = try await connect(100, port: port)
    for connection in connections {
      try connection.send("GET / HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n\r\n")
      let answer = try await onThread { String(decoding: try connection.receiveAll(), as: UTF8.self) }
      #expect(answer.hasSuffix(TemporarySite.page))
    }
    #expect(try await lab.interrupt() == 0)
  }

  @Test func tooLowALimitIsReported() async throws {
    let lab = try LabProcess(site: site, limit: "ulimit -n 30")
    #expect(try await lab.end() == 69)
    let text = lab.errorText
    #expect(text.hasPrefix("chainrule: the limit on open files and connections is 30, but the lab needs "))
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

      // Each connection holds at most 64 kB and a chunk on the way to the kernel, eight chunks of 16 kB read ahead, and
      // a few kB of requests: 42 MB in all, beside 30 MB for the program. The rest is room for the allocator.
      var peak = 0
      for _ in 0..<60 {
        let before = peak
        try await Task.sleep(for: .seconds(1))
        peak = try peakMemory(of: lab)
        if peak == before { break }
      }
      #expect(peak < 150_000)

      // Nor does the server wait for these clients when it's told to stop.
      #expect(try await lab.interrupt() == 0)
      withExtendedLifetime(greedy) {}
    }

    /// The largest resident size that the process has had, in kB.
    private func peakMemory(of lab: LabProcess) throws -> Int {
      let status = try String(contentsOfFile: "/proc/\(lab.identifier)/status", encoding: .utf8)
      let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
      return try #require(line.split(separator: " ").dropFirst().first.flatMap { Int($0) })
    }
  #endif
}
