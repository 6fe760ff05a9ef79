import Hummingbird

/// What a request's handlers know besides the request: the port that it arrived at.
struct LabContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let port: Int?

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    port = source.channel.localAddress?.port
  }
}
