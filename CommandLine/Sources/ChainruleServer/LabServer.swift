import Foundation
import Hummingbird
import HummingbirdCore
import NIOCore
import NIOPosix

/// Serves the built site, the folder with the pages and the WebAssembly module, to browsers on this machine.
///
/// No client can keep others from being served, or make the process run out of memory or file descriptors:
///
/// - At most 512 connections are open at a time, fewer if the process's limit on descriptors asks for it. One more
///   closes the least recently active one.
/// - A connection that is idle for ``timeLimit`` is closed: no complete request head arrives, and the client doesn't
///   read the answer.
/// - A request with a body is answered at once, and its connection closed. A connection on which more than 16 requests
///   wait for their answers is closed after these.
/// - Answers are read from the disk as fast as the client takes them. A connection holds about 200 kB at most.
/// - A request must have the server's name and port as its `Host`, and as its `Origin` if there is one. Others get 400
///   or 403, so that no other site's page can read what the server sends (DNS rebinding).
///
/// ```swift
/// let server = LabServer(site: URL(fileURLWithPath: ".build-site"))
/// try await server.run { print($0) }   // The lab is at http://127.0.0.1:8080/
/// ```
public struct LabServer: Sendable {
  /// How many ports are tried, the preferred one included, before giving up.
  public static let portsTried = 50

  private static let mostConnections = 512
  /// A browser opens up to six connections to a server.
  private static let fewestConnections = 6
  /// Descriptors for everything but connections and their files: event loops, the listening socket, the runtime, and up
  /// to 16 connections that are accepted together when the limit is reached.
  private static let ownDescriptors = 40

  /// Two threads serve. (NIO's own group has one for each processor, and each takes three descriptors.) They're never
  /// shut down, because a connection's last tasks can outlast the server.
  private static let loops = MultiThreadedEventLoopGroup(numberOfThreads: 2)

  /// The folder that holds the built site.
  public let site: URL

  /// The port to try first; 0 lets the system choose any free one.
  public let preferredPort: Int

  /// The address or name to listen on. The default is reachable from this machine only.
  public let host: String

  /// How long a connection may be idle before the server closes it.
  public let timeLimit: Duration

  /// Describes a server. Nothing happens before ``run(onListening:)``.
  ///
  /// - Parameters:
  ///   - site: the folder that holds the built site; it needs an `index.html`.
  ///   - preferredPort: the port to try first. If it is busy, the next free one is taken. 0 stands for any free port.
  ///   - host: the address or name to listen on.
  ///   - timeLimit: how long a connection may be idle before the server closes it.
  public init(
    site: URL, preferredPort: Int = 8080, host: String = "127.0.0.1", timeLimit: Duration = .seconds(30)
  ) {
    self.site = site
    self.preferredPort = preferredPort
    self.host = host
    self.timeLimit = timeLimit
  }

  /// Serves the site until the task is cancelled or the process gets an interrupt (Ctrl-C) or a termination signal.
  /// Clients then have two seconds to read the answers under way.
  ///
  /// Raises the process's soft limit on file descriptors to 4,096, or to the hard limit if that's lower.
  ///
  /// - Parameter onListening: called once, when the server accepts connections. The address's description is the line
  ///   to show; it says so when the preferred port was busy.
  /// - Throws: ``LabServerError`` when there is no built site, no address to listen on, or a limit on
  ///   descriptors that is too low.
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

  /// How many connections may be open. Each takes a descriptor, and another one while it sends a file.
  private func connectionLimit() throws(LabServerError) -> Int {
    Descriptors.raiseLimit()
    let used = Descriptors.used
    let limit = min(Self.mostConnections, (Descriptors.limit - used - Self.ownDescriptors) / 2)
    guard limit >= Self.fewestConnections else {
      // The runtime opens and closes some descriptors of its own, so the count varies: round it up.
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
    router.add(middleware: SitePolicy(allowedHosts: AllowedHosts(host: host)))
    router.add(middleware: FileMiddleware(fileProvider: files, searchForIndexHtml: true))
    // Below the limit at which no more connections are accepted: there is always a free one.
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
