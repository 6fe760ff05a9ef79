import ChainruleServer
import Foundation
import Testing

/// The server closes connections that are idle or never finish what they send, and doesn't wait for bodies.
@Suite struct ConnectionTests {
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

  /// A byte comes every 50 ms, well within the time limit. Only a complete head counts.
  @Test func aHeadThatNeverEndsIsNotWaitedFor() async throws {
    try await serving(impatient) { address in
      let connection = try await onThread { try Connection(port: address.port) }
      try connection.send("GET / HTTP/1.1\r\nHost: 127.0.0.1:\(address.port)\r\nX-Slow: ")
      var isOpen = true
      for _ in 0..<1200 where isOpen {
        isOpen = try !connection.isClosed()
        // It fails once the server has closed the connection.
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
      // A request within the body isn't answered.
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
          "GET /figure.js HTTP/1.1\r\n\(host)\r\n\r\n"
            + "GET /style.css HTTP/1.1\r\n\(host)\r\nContent-Length: 4\r\n\r\nbody"
            + "GET / HTTP/1.1\r\n\(host)\r\n\r\n")
        return String(decoding: try connection.receiveAll(), as: UTF8.self)
      }
      #expect(received.ranges(of: "HTTP/1.1 200").count == 2)
      #expect(received.contains("export {}"))
      #expect(received.hasSuffix("body {}"))
    }
  }

  @Test func sixteenRequestsMayBePipelined() async throws {
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

      // If all arrive at once, 16 of 10,000 are answered; more if some arrive after the first answers.
      let some = try await onThread {
        let connection = try Connection(port: address.port)
        // It fails if the server closes the connection meanwhile.
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

    /// Whether the kernel's table has an established connection from the first port to the second.
    private func isEstablished(_ ports: [Int]) throws -> Bool {
      // `String(contentsOfFile:)` would stop after the first 4 kB.
      let bytes = try FileHandle(forReadingFrom: URL(fileURLWithPath: "/proc/net/tcp")).readToEnd()
      let table = String(decoding: bytes ?? Data(), as: UTF8.self)
      let ends = ports.map { ":" + String(format: "%04X", $0) }
      return table.split(separator: "\n").contains { line in
        let columns = line.split(separator: " ")
        return columns.count > 3 && columns[1].hasSuffix(ends[0]) && columns[2].hasSuffix(ends[1]) && columns[3] == "01"
      }
    }
  #endif
}
