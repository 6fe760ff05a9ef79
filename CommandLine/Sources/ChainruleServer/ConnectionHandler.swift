import Hummingbird
import NIOCore
import NIOHTTPTypes

/// Watches one connection: notes its progress, lets no request have a body, and ends it soon after the server's end.
final class ConnectionHandler: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  /// How long a client may still read after the last answer, or after the server was told to stop.
  private static let grace = TimeAmount.seconds(2)

  /// How many requests a client may send without waiting for answers. Browsers send one.
  private static let mostRequests = 16

  private let connections: OpenConnections
  private var requestsInProgress = 0
  /// Whether the last request that counts has come.
  private var isEnding = false

  init(connections: OpenConnections) {
    self.connections = connections
  }

  func handlerAdded(context: ChannelHandlerContext) {
    connections.add(context.channel)
  }

  /// Passes requests on, up to the last of the connection: one that has a body, or as many as may wait for answers.
  ///
  /// A request with a body counts as whole with its head. What follows the last request is read and dropped, so it's
  /// neither kept nor waited for.
  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isEnding else { return }
    connections.noteProgress(of: context.channel)
    guard case .head(let head) = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
    guard requestsInProgress < Self.mostRequests else {
      isEnding = true
      return
    }
    requestsInProgress += 1
    context.fireChannelRead(data)
    if head.headerFields[.transferEncoding] != nil || (head.headerFields[.contentLength] ?? "0") != "0" {
      isEnding = true
      context.fireChannelRead(wrapInboundOut(.end(nil)))
    }
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let written = promise ?? context.eventLoop.makePromise()
    written.futureResult.whenSuccess { [connections, channel = context.channel] in
      connections.noteProgress(of: channel)
    }
    var part = unwrapOutboundIn(data)
    let isLastAnswer = isEnding && requestsInProgress == 1
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

  /// Tells the client that nothing follows, and goes on reading for a while: a connection that's closed with bytes
  /// unread takes the answer with it.
  private func closeOutput(of channel: any Channel, after answer: EventLoopFuture<Void>) {
    answer.whenSuccess {
      channel.close(mode: .output, promise: nil)
      Self.closeSoon(channel)
    }
  }

  private static func closeSoon(_ channel: any Channel) {
    channel.eventLoop.scheduleTask(in: grace) { channel.close(promise: nil) }
  }
}
