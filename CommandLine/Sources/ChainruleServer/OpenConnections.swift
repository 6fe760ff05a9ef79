import NIOCore
import Synchronization

/// The connections that are open, and when each of them last got on: a whole request came in, or a part of an answer
/// went out.
///
/// There is always room for one more: when there are as many as may be, the one that has stood still for the longest
/// time is closed. A browser gets its page, then, however many idle connections another program holds.
final class OpenConnections: Sendable {
  private struct Connection {
    let channel: any Channel
    var lastProgress: NIODeadline
  }

  /// How many connections stay open.
  let limit: Int
  private let connections = Mutex<[ObjectIdentifier: Connection]>([:])

  /// Allows so many connections; at least one.
  init(limit: Int) {
    self.limit = limit
  }

  /// Keeps a new connection until it's closed, and closes another one if there are too many.
  func add(_ channel: any Channel) {
    let key = ObjectIdentifier(channel)
    let surplus = connections.withLock { connections -> (any Channel)? in
      defer { connections[key] = Connection(channel: channel, lastProgress: .now()) }
      guard connections.count >= limit else { return nil }
      let stillest = connections.min { $0.value.lastProgress < $1.value.lastProgress }
      return stillest.flatMap { connections.removeValue(forKey: $0.key)?.channel }
    }
    surplus?.close(promise: nil)
    channel.closeFuture.whenComplete { _ in
      self.connections.withLock { $0[key] = nil }
    }
  }

  /// Notes that a connection has got on.
  func noteProgress(of channel: any Channel) {
    connections.withLock { $0[ObjectIdentifier(channel)]?.lastProgress = .now() }
  }
}
