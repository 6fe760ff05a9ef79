import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// What a server answered.
struct Answer: Sendable {
  var status = 0
  /// Names in lower case.
  var headers: [String: String] = [:]
  var body: [UInt8] = []

  var text: String { String(decoding: body, as: UTF8.self) }
}

/// A client that sends the path byte for byte. (URLSession tidies `..` away before the server could see it.)
struct PlainClient: Sendable {
  struct Failure: Error {
    let call: String
    let code: Int32
  }

  let port: Int

  /// Sends one request to 127.0.0.1 and waits, on a thread of its own, for the whole answer.
  func send(_ path: String, method: String = "GET", headers: [String: String] = [:]) async throws -> Answer {
    let fields = headers.map { "\($0): \($1)\r\n" }.joined()
    let request = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n\(fields)\r\n"
    return try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(with: Result { try parse(exchange(Array(request.utf8))) })
      }
    }
  }

  private func exchange(_ request: [UInt8]) throws -> [UInt8] {
    #if canImport(Glibc)
      let stream = Int32(SOCK_STREAM.rawValue)
    #else
      let stream = SOCK_STREAM
    #endif
    let connection = socket(AF_INET, stream, 0)
    guard connection >= 0 else { throw Failure(call: "socket", code: errno) }
    defer { close(connection) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(connection, $0, length) }
    }
    guard connected == 0 else { throw Failure(call: "connect", code: errno) }
    guard write(connection, request, request.count) == request.count else { throw Failure(call: "write", code: errno) }

    var received: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(connection, &chunk, chunk.count)
      guard count >= 0 else { throw Failure(call: "read", code: errno) }
      if count == 0 { return received }
      received += chunk[..<count]
    }
  }

  private func parse(_ bytes: [UInt8]) throws -> Answer {
    let blankLine = Array("\r\n\r\n".utf8)
    let starts = bytes.indices.dropLast(blankLine.count - 1)
    guard let end = starts.first(where: { bytes[$0...].starts(with: blankLine) }) else {
      throw Failure(call: "parse", code: 0)
    }
    let lines = String(decoding: bytes[..<end], as: UTF8.self).components(separatedBy: "\r\n")
    var answer = Answer()
    answer.status = lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      answer.headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
    }
    answer.body = Array(bytes[(end + blankLine.count)...])
    return answer
  }
}
