import Foundation
import Hummingbird
import NIOCore

/// Serves the built site, the folder with the pages and the WebAssembly module, to browsers on this machine.
///
/// ```swift
/// let server = LabServer(site: URL(fileURLWithPath: ".build-site"))
/// try await server.run { print($0) }   // The lab is at http://127.0.0.1:8080/
/// ```
public struct LabServer: Sendable {
  /// How many ports are tried, the preferred one included, before giving up.
  public static let portsTried = 50

  /// The folder that holds the built site.
  public let site: URL

  /// The port to try first; 0 lets the system choose any free one.
  public let preferredPort: Int

  /// The address or name to listen on. The default is reachable from this machine only.
  public let host: String

  /// Describes a server. Nothing happens before ``run(onListening:)``.
  ///
  /// - Parameters:
  ///   - site: the folder that holds the built site; it needs an `index.html`.
  ///   - preferredPort: the port to try first. If it is busy, the next free one is taken. 0 stands for any free port.
  ///   - host: the address or name to listen on.
  public init(site: URL, preferredPort: Int = 8080, host: String = "127.0.0.1") {
    self.site = site
    self.preferredPort = preferredPort
    self.host = host
  }

  /// Serves the site until the task is cancelled or the process gets an interrupt (Ctrl-C) or a termination signal.
  /// Requests under way are then answered to their end.
  ///
  /// - Parameter onListening: called once, when the server accepts connections. The address's description is the line
  ///   to show; it says so when the preferred port was busy.
  /// - Throws: ``LabServerError`` when there is no built site or no address to listen on.
  public func run(onListening: @escaping @Sendable (LabAddress) -> Void) async throws(LabServerError) {
    let files = try SiteFiles(folder: site)
    let ports = try candidates()
    for port in ports {
      do {
        return try await serve(files, on: port, onListening: onListening)
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

  private func serve(
    _ files: SiteFiles,
    on port: Int,
    onListening: @escaping @Sendable (LabAddress) -> Void
  ) async throws {
    let router = Router()
    router.add(middleware: SitePolicy())
    router.add(middleware: FileMiddleware(fileProvider: files, searchForIndexHtml: true))
    var application = Application(
      router: router,
      configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
      onServerRunning: { [host, preferredPort] channel in
        let port = channel.localAddress?.port ?? port
        onListening(LabAddress(host: host, port: port, preferredPort: preferredPort))
      }
    )
    application.logger.logLevel = .critical
    try await application.runService()
  }
}
