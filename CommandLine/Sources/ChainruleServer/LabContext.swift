import Hummingbird

/// What is known about a request besides the request: the port it came to.
struct LabContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let port: Int?

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    port = source.channel.localAddress?.port
  }
}
