import Hummingbird
import NIOCore
import NIOHTTPTypes

/// Records a connection's activity, and closes it after a request with a body, after too many pipelined requests, or
/// when the server shuts down.
final class ConnectionHandler: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  /// How long a client has to read the last answer, and the answers under way when the server shuts down.
  private static let closingTime = TimeAmount.seconds(2)

  /// How many requests may be pipelined: sent before the first of them is answered. Browsers don't pipeline.
  private static let pipelineLimit = 16

  private let connections: OpenConnections
  private var requestsInProgress = 0
  /// Whether the last request that is answered has arrived.
  private var isClosing = false

  init(connections: OpenConnections) {
    self.connections = connections
  }

  func handlerAdded(context: ChannelHandlerContext) {
    connections.add(context.channel)
  }

  /// Passes requests on until the connection closes.
  ///
  /// A request with a body is the last one. It's passed on as if it ended with its head, because this server doesn't
  /// use bodies. Everything after it is read and dropped, so a client can't make the server store it or wait for it.
  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isClosing else { return }
    connections.noteActivity(of: context.channel)
    guard case .head(let head) = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
    guard requestsInProgress < Self.pipelineLimit else {
      isClosing = true
      return
    }
    requestsInProgress += 1
    context.fireChannelRead(data)
    if head.headerFields[.transferEncoding] != nil || (head.headerFields[.contentLength] ?? "0") != "0" {
      isClosing = true
      context.fireChannelRead(wrapInboundOut(.end(nil)))
    }
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let written = promise ?? context.eventLoop.makePromise()
    written.futureResult.whenSuccess { [connections, channel = context.channel] in
      connections.noteActivity(of: channel)
    }
    var part = unwrapOutboundIn(data)
    let isLastAnswer = isClosing && requestsInProgress == 1
    switch part {
    case .head(var head) where isLastAnswer:
      head.headerFields[.connection] = "close"
      part = .head(head)
    case .end:
      requestsInProgress -= 1
      if isLastAnswer { closeOutput(of: context.channel, after: written.futureResult) }
    default: break
    }
    context.write(wrapOutboundOut(part), promise: written)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is ChannelShouldQuiesceEvent { Self.closeSoon(context.channel) }
    context.fireUserInboundEventTriggered(event)
  }

  /// Ends the server's side of the connection, and goes on reading for a while. If it closed the connection at once,
  /// with bytes unread, the kernel would send a reset, and the client could lose the answer.
  private func closeOutput(of channel: any Channel, after answer: EventLoopFuture<Void>) {
    answer.whenSuccess {
      channel.close(mode: .output, promise: nil)
      Self.closeSoon(channel)
    }
  }

  private static func closeSoon(_ channel: any Channel) {
    channel.eventLoop.scheduleTask(in: closingTime) { channel.close(promise: nil) }
  }
}
