import Foundation

/// A raw connection to a server on this machine. Its calls block, so use ``onThread(_:)``.
final class Connection: Sendable {
  /// A failed system call.
  struct Failure: Error {
    let call: String
    let code: Int32
  }

  /// How long a call may take before it fails, in seconds: a server that hangs must not hang its test.
  private static let patience = 20

  private let descriptor: Int32

  init(port: Int) throws(Failure) {
    // Writing to a connection that the server has closed should be an error, not kill the process.
    signal(SIGPIPE, SIG_IGN)
    #if canImport(Glibc)
      let stream = Int32(SOCK_STREAM.rawValue)
    #else
      let stream = SOCK_STREAM
    #endif
    descriptor = socket(AF_INET, stream, 0)
    guard descriptor >= 0 else { throw Failure(call: "socket", code: errno) }
    var patience = timeval()
    patience.tv_sec = Self.patience
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = descriptor
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, length) }
    }
    guard connected == 0 else { throw Failure(call: "connect", code: errno) }
  }

  deinit { close(descriptor) }

  /// The port at this end.
  var port: Int {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(descriptor, $0, &length) }
    }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  /// Sends all of the text.
  func send(_ text: String) throws(Failure) {
    let bytes = Array(text.utf8)
    let count = write(descriptor, bytes, bytes.count)
    guard count == bytes.count else { throw Failure(call: "write", code: errno) }
  }

  /// Waits for the first byte, without reading it.
  func waitForAnswer() throws(Failure) {
    var byte: UInt8 = 0
    guard recv(descriptor, &byte, 1, Int32(MSG_PEEK)) == 1 else { throw Failure(call: "recv", code: errno) }
  }

  /// Reads what has come, without waiting; returns whether the server has closed the connection.
  func isClosed() throws(Failure) -> Bool {
    var chunk = [UInt8](repeating: 0, count: 4096)
    let count = recv(descriptor, &chunk, chunk.count, Int32(MSG_DONTWAIT))
    if count == 0 { return true }
    guard count < 0, errno != EAGAIN else { return false }
    guard errno == ECONNRESET else { throw Failure(call: "recv", code: errno) }
    return true
  }

  /// Reads until these bytes arrive.
  func receive(through end: String) throws(Failure) {
    var received: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while !received.reversed().starts(with: end.utf8.reversed()) {
      let count = read(descriptor, &chunk, chunk.count)
      guard count > 0 else { throw Failure(call: "read", code: count == 0 ? 0 : errno) }
      received += chunk[..<count]
    }
  }

  /// Everything that comes until the server closes the connection.
  func receiveAll() throws(Failure) -> [UInt8] {
    var received: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      guard count >= 0 else { throw Failure(call: "read", code: errno) }
      if count == 0 { return received }
      received += chunk[..<count]
    }
  }
}

/// Runs a blocking body on its own thread, so that it doesn't block other tasks.
func onThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
  }
}
