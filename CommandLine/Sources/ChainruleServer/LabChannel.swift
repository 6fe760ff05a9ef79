import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// Hummingbird's HTTP/1.1 connection, with bounds on what one client may make the server keep.
///
/// - Memory: a read takes 4 KiB at most, and no further one follows while requests wait, so few requests of a client
///   that sends many at once are in memory. The kernel's buffer for answers has a fixed size instead of one that grows, and the task
///   that answers runs on the connection's own event loop: it learns at once that the buffer is full, and waits.
/// - Time: a connection that doesn't get on is closed. Progress is a request whose head is complete, or a part of an
///   answer that the kernel took; single bytes of a head don't count.
struct LabChannel: ServerChildChannel {
  typealias Value = HTTP1Channel.Value

  private let base: HTTP1Channel

  init(responder: @escaping HTTPChannelHandler.Responder, connections: OpenConnections, timeLimit: TimeAmount) {
    base = HTTP1Channel(
      responder: responder,
      configuration: HTTP1Channel.Configuration(
        additionalChannelHandlers: [
          ConnectionHandler(connections: connections), IdleStateHandler(allTimeout: timeLimit), IdleCloser(),
        ]))
  }

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    channel.eventLoop.makeCompletedFuture {
      let options = channel.syncOptions
      try options?.setOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 4096))
      try options?.setOption(.maxMessagesPerRead, value: 1)
      try options?.setOption(.socketOption(.so_sndbuf), value: 128 * 1024)
    }.flatMap {
      base.setup(channel: channel, logger: logger)
    }
  }

  func handle(value: Value, logger: Logger) async {
    await withTaskExecutorPreference(EventLoopExecutor(value.channel.eventLoop)) {
      await base.handle(value: value, logger: logger)
    }
  }
}
