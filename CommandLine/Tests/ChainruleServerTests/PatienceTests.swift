import ChainruleServer
import Foundation
import Testing

/// What the server does with clients that don't get on: it waits, but not for ever.
@Suite struct PatienceTests {
  let site: TemporarySite

  init() throws {
    site = try TemporarySite()
  }

  private var impatient: LabServer {
    LabServer(site: site.folder, preferredPort: 0, timeLimit: .seconds(1))
  }

  @Test func aConnectionThatAsksNothingIsClosed() async throws {
    try await serving(impatient) { address in
      let received = try await onThread { try Connection(port: address.port).receiveAll() }
      #expect(received.isEmpty)
    }
  }

  @Test func aConnectionIsClosedSomeTimeAfterItsAnswer() async throws {
    try await serving(impatient) { address in
      let received = try await onThread {
        let connection = try Connection(port: address.port)
        try connection.send("GET / HTTP/1.1\r\nHost: 127.0.0.1:\(address.port)\r\n\r\n")
        return try connection.receiveAll()
      }
      #expect(String(decoding: received, as: UTF8.self).hasSuffix(TemporarySite.page))
    }
  }

  /// A byte every 50 ms is always well within the time limit: only a whole head counts.
  @Test func aHeadThatNeverEndsIsNotWaitedFor() async throws {
    try await serving(impatient) { address in
      let connection = try await onThread { try Connection(port: address.port) }
      try connection.send("GET / HTTP/1.1\r\nHost: 127.0.0.1:\(address.port)\r\nX-Slow: ")
      var isOpen = true
      for _ in 0..<1200 where isOpen {
        if case .closed = try connection.receive() { isOpen = false }
        // A failure says that the server has closed the connection, too; `receive` has the last word.
        try? connection.send("x")
        try await Task.sleep(for: .milliseconds(50))
      }
      #expect(!isOpen)
    }
  }

  @Test(arguments: ["Content-Length: 1000000", "Transfer-Encoding: chunked"])
  func aBodyIsNotWaitedFor(field: String) async throws {
    try await serving(LabServer(site: site.folder, preferredPort: 0, timeLimit: .seconds(600))) { address in
      let head = ["POST / HTTP/1.1", "Host: 127.0.0.1:\(address.port)", field]
      let client = PlainClient(port: address.port)
      let answer = try await client.send(head)
      #expect(answer.status == 405)
      #expect(answer.headers["connection"] == "close")
      #expect(answer.text == "This server only hands out files: use GET or HEAD.\n")
      // What looks like a request in a body is none.
      let request = "GET /style.css HTTP/1.1\r\nHost: 127.0.0.1:\(address.port)\r\n\r\n"
      #expect(try await client.send(head, body: request).text == answer.text)
    }
  }

  @Test func aBodyKeepsNoAnswerBack() async throws {
    try await serving(LabServer(site: site.folder, preferredPort: 0)) { address in
      let received = try await onThread {
        let connection = try Connection(port: address.port)
        let host = "Host: 127.0.0.1:\(address.port)"
        try connection.send(
          "GET /figure.js HTTP/1.1\r\n\(host)\r\n\r\nGET /style.css HTTP/1.1\r\n\(host)\r\nContent-Length: 4\r\n\r\nbody"
            + "GET / HTTP/1.1\r\n\(host)\r\n\r\n")
        return String(decoding: try connection.receiveAll(), as: UTF8.self)
      }
      #expect(received.ranges(of: "HTTP/1.1 200").count == 2)
      #expect(received.contains("export {}"))
      #expect(received.hasSuffix("body {}"))
    }
  }

  @Test func requestsMaySomewhatRunAheadOfAnswers() async throws {
    try await serving(LabServer(site: site.folder, preferredPort: 0)) { address in
      let request = "GET /style.css HTTP/1.1\r\nHost: 127.0.0.1:\(address.port)\r\n\r\n"
      let last = "GET /style.css HTTP/1.1\r\nHost: 127.0.0.1:\(address.port)\r\nConnection: close\r\n\r\n"
      let received = try await onThread {
        let connection = try Connection(port: address.port)
        try connection.send(String(repeating: request, count: 15) + last)
        return String(decoding: try connection.receiveAll(), as: UTF8.self)
      }
      #expect(received.ranges(of: "HTTP/1.1 200").count == 16)
      #expect(received.ranges(of: "body {}").count == 16)

      // Sent at once, the first 16 of 10,000 are answered. If some come late, others may be answered before.
      let some = try await onThread {
        let connection = try Connection(port: address.port)
        // The server stops reading at some point, and closes the connection.
        try? connection.send(String(repeating: request, count: 10_000))
        return String(decoding: try connection.receiveAll(), as: UTF8.self)
      }
      #expect(some.ranges(of: "HTTP/1.1 200").count >= 16)
      #expect(some.ranges(of: "HTTP/1.1 200").count < 10_000)
      #expect(some.contains("Connection: close"))
    }
  }

  #if os(Linux)
    @Test func anAnswerThatNobodyReadsIsNotWaitedFor() async throws {
      try Data(count: 10_000_000).write(to: site.folder.appending(path: "large.bin"))
      let server = LabServer(site: site.folder, preferredPort: 0, timeLimit: .seconds(5))
      try await serving(server) { address in
        let connection = try await onThread { try Connection(port: address.port) }
        try connection.send("GET /large.bin HTTP/1.1\r\nHost: 127.0.0.1:\(address.port)\r\n\r\n")
        try await onThread { try connection.waitForAnswer() }
        let ends = [address.port, connection.port]
        #expect(try isEstablished(ends))
        #expect(try await waiting { try !isEstablished(ends) })
        withExtendedLifetime(connection) {}
      }
    }

    /// Whether the kernel's table has an open connection between these ports, at the end of the first.
    private func isEstablished(_ ports: [Int]) throws -> Bool {
      let table = try String(contentsOfFile: "/proc/net/tcp", encoding: .utf8)
      let ends = ports.map { ":" + String(format: "%04X", $0) }
      return table.split(separator: "\n").contains { line in
        let columns = line.split(separator: " ")
        return columns.count > 3 && columns[1].hasSuffix(ends[0]) && columns[2].hasSuffix(ends[1]) && columns[3] == "01"
      }
    }
  #endif
}
