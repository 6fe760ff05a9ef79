import NIOCore
import Synchronization

/// The open connections, each with the time of its last activity: a complete request head, or a part of an answer that
/// was sent.
///
/// When a new connection would exceed the limit, the least recently active one is closed. So a browser is served at
/// once, even while another program holds as many idle connections as it can get.
final class OpenConnections: Sendable {
  private struct Connection {
    let channel: any Channel
    var lastActivity: NIODeadline
  }

  private let limit: Int
  private let connections = Mutex<[ObjectIdentifier: Connection]>([:])

  /// Makes an empty list.
  ///
  /// - Parameter limit: how many connections may be open, at least one.
  init(limit: Int) {
    self.limit = limit
  }

  /// Adds a new connection, which stays in the list until it's closed. May close another one.
  func add(_ channel: any Channel) {
    let key = ObjectIdentifier(channel)
    let evicted = connections.withLock { connections -> (any Channel)? in
      defer { connections[key] = Connection(channel: channel, lastActivity: .now()) }
      guard connections.count >= limit else { return nil }
      let oldest = connections.min { $0.value.lastActivity < $1.value.lastActivity }
      return oldest.flatMap { connections.removeValue(forKey: $0.key)?.channel }
    }
    evicted?.close(promise: nil)
    channel.closeFuture.whenComplete { _ in
      self.connections.withLock { $0[key] = nil }
    }
  }

  /// Records that a connection was active just now.
  func noteActivity(of channel: any Channel) {
    connections.withLock { $0[ObjectIdentifier(channel)]?.lastActivity = .now() }
  }
}
