import Foundation

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
  /// An invalid answer.
  struct Unreadable: Error {}

  let port: Int

  /// Sends one request to 127.0.0.1 and waits for the whole answer.
  func send(_ path: String, method: String = "GET", headers: [String: String] = [:]) async throws -> Answer {
    let fields = headers.map { "\($0): \($1)" }
    return try await send(
      [
        "\(method) \(path) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Connection: close",
      ] + fields)
  }

  /// Sends the lines of a head, and the rest, and waits for the answers until the server closes the connection.
  func send(_ lines: [String], body: String = "") async throws -> Answer {
    try await onThread {
      let connection = try Connection(port: port)
      try connection.send(lines.map { $0 + "\r\n" }.joined() + "\r\n" + body)
      return try parse(try connection.receiveAll())
    }
  }

  private func parse(_ bytes: [UInt8]) throws -> Answer {
    let blankLine = Array("\r\n\r\n".utf8)
    let starts = bytes.indices.dropLast(blankLine.count - 1)
    guard let end = starts.first(where: { bytes[$0...].starts(with: blankLine) }) else { throw Unreadable() }
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
