import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// Hummingbird's HTTP/1.1 connection, with limits on the memory and the time that a client can take.
///
/// - Memory: one read takes at most 4 KiB, and the next one waits until most of its requests are answered, so only a
///   few pipelined requests are held. The kernel's send buffer has a fixed size, where it would grow to several MB.
///   Answers are written on an ``EventLoopExecutor``, so that they wait for a client that doesn't read.
/// - Time: an idle connection is closed. It's idle if no complete request head arrives and no part of an answer can be
///   sent; single bytes of a head don't count.
struct LabChannel: ServerChildChannel {
  typealias Value = HTTP1Channel.Value

  private let base: HTTP1Channel

  /// Describes a connection.
  ///
  /// - Parameters:
  ///   - responder: answers a request.
  ///   - connections: the list that the connection is added to.
  ///   - timeLimit: how long it may be idle.
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
