import Foundation
import Hummingbird
import HummingbirdCore
import NIOCore
import NIOPosix

/// Serves the built site, the folder with the pages and the WebAssembly module, to browsers on this machine.
///
/// No client can keep others from being served:
///
/// - At most 512 connections are open, and never more than half of what the process's descriptors allow. When one more
///   comes, the one that has made no progress for the longest time is closed.
/// - A connection is closed when it makes no progress for ``timeLimit``: nothing was asked, a request never ended, or
///   nobody reads the answer.
/// - A request has no body: one that has is answered at once, and its connection is closed.
/// - Requests sent without waiting for answers are read and answered one after the other, as fast as the client reads.
/// - A request needs this server's name and port as its `Host`, and as its `Origin` if it has one.
///
/// ```swift
/// let server = LabServer(site: URL(fileURLWithPath: ".build-site"))
/// try await server.run { print($0) }   // The lab is at http://127.0.0.1:8080/
/// ```
public struct LabServer: Sendable {
  /// How many ports are tried, the preferred one included, before giving up.
  public static let portsTried = 50

  private static let mostConnections = 512
  /// A browser opens six at once.
  private static let fewestConnections = 6
  /// What is kept for the server itself: its event loops, the port, and what comes in while the limit is reached.
  private static let ownDescriptors = 40
  /// The threads that serve. They stay until the process ends, as those of NIO's own group do, which has one for each
  /// processor and needs three descriptors for each.
  private static let loops = MultiThreadedEventLoopGroup(numberOfThreads: 2)

  /// The folder that holds the built site.
  public let site: URL

  /// The port to try first; 0 lets the system choose any free one.
  public let preferredPort: Int

  /// The address or name to listen on. The default is reachable from this machine only.
  public let host: String

  /// How long a connection may make no progress before the server closes it.
  public let timeLimit: Duration

  /// Describes a server. Nothing happens before ``run(onListening:)``.
  ///
  /// - Parameters:
  ///   - site: the folder that holds the built site; it needs an `index.html`.
  ///   - preferredPort: the port to try first. If it is busy, the next free one is taken. 0 stands for any free port.
  ///   - host: the address or name to listen on.
  ///   - timeLimit: how long a connection may make no progress before the server closes it.
  public init(
    site: URL, preferredPort: Int = 8080, host: String = "127.0.0.1", timeLimit: Duration = .seconds(30)
  ) {
    self.site = site
    self.preferredPort = preferredPort
    self.host = host
    self.timeLimit = timeLimit
  }

  /// Serves the site until the task is cancelled or the process gets an interrupt (Ctrl-C) or a termination signal.
  /// Requests under way are then answered, if the client reads the answer within two seconds.
  ///
  /// The process's soft limit for descriptors is raised to 4,096 if it's lower and the hard limit allows it.
  ///
  /// - Parameter onListening: called once, when the server accepts connections. The address's description is the line
  ///   to show; it says so when the preferred port was busy.
  /// - Throws: ``LabServerError`` when there is no built site, no address to listen on, or no descriptor left.
  public func run(onListening: @escaping @Sendable (LabAddress) -> Void) async throws(LabServerError) {
    let files = try SiteFiles(folder: site)
    let ports = try candidates()
    let connectionLimit = try connectionLimit()
    for port in ports {
      do {
        let application = application(files, port: port, connectionLimit: connectionLimit, onListening)
        return try await application.runService()
      } catch let error as IOError where error.errnoCode == EADDRINUSE {
        continue
      } catch is CancellationError {
        return
      } catch let error as IOError {
        throw .cannotListen(host: host, port: port, reason: String(cString: strerror(error.errnoCode)))
      } catch {
        throw .cannotListen(host: host, port: port, reason: "\(error)")
      }
    }
    throw .noFreePort(host: host, tried: ports)
  }

  /// The ports to try, in order.
  private func candidates() throws(LabServerError) -> ClosedRange<Int> {
    let last = Int(UInt16.max)
    guard (0...last).contains(preferredPort) else { throw .invalidPort(preferredPort) }
    return preferredPort == 0 ? 0...0 : preferredPort...min(preferredPort + Self.portsTried - 1, last)
  }

  /// How many connections may be open: each takes a descriptor, and another one while a file is sent over it.
  private func connectionLimit() throws(LabServerError) -> Int {
    Descriptors.raiseLimit()
    let used = Descriptors.used
    let limit = min(Self.mostConnections, (Descriptors.limit - used - Self.ownDescriptors) / 2)
    guard limit >= Self.fewestConnections else {
      // Threads of the system open and close some at any time: the number to ask for is a round one.
      let needed = used + Self.ownDescriptors + 2 * Self.fewestConnections
      throw .tooFewDescriptors(limit: Descriptors.limit, needed: (needed + 15) / 16 * 16)
    }
    return limit
  }

  private func application(
    _ files: SiteFiles,
    port: Int,
    connectionLimit: Int,
    _ onListening: @escaping @Sendable (LabAddress) -> Void
  ) -> some ApplicationProtocol {
    let router = Router(context: LabContext.self)
    router.add(middleware: SitePolicy(ownNames: OwnNames(host: host)))
    router.add(middleware: FileMiddleware(fileProvider: files, searchForIndexHtml: true))
    // Room for one more, which takes the place of one that stands still.
    let connections = OpenConnections(limit: connectionLimit - 1)
    var application = Application(
      router: router,
      server: HTTPServerBuilder { [timeLimit] responder in
        LabChannel(responder: responder, connections: connections, timeLimit: TimeAmount(timeLimit))
      },
      configuration: ApplicationConfiguration(
        address: .hostname(host, port: port), backlog: 1024,
        availableConnectionsDelegate: MaximumAvailableConnections(connectionLimit)),
      onServerRunning: { [host, preferredPort] channel in
        let port = channel.localAddress?.port ?? port
        onListening(LabAddress(host: host, port: port, preferredPort: preferredPort))
      },
      eventLoopGroupProvider: .shared(Self.loops)
    )
    application.logger.logLevel = .critical
    return application
  }
}
