import Hummingbird

/// The rules for every answer: allowed hosts and methods, headers, and a plain text if there is no page.
struct SitePolicy: RouterMiddleware {
  let allowedHosts: AllowedHosts

  /// Pages use this site's own files and nothing else; WebAssembly may be compiled, JavaScript's `eval` may not run.
  /// Any page may frame the pages of single figures, which are made for that, and in which a click can't do harm.
  private static func contentSecurityPolicy(for path: String) -> String {
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data:; object-src 'none'; "
      + "base-uri 'self'; form-action 'none'; frame-ancestors " + (path.hasPrefix("/figures/") ? "*" : "'self'")
  }

  func handle(
    _ request: Request,
    context: LabContext,
    next: (Request, LabContext) async throws -> Response
  ) async throws -> Response {
    var response = try await answer(request, context: context, next: next)
    // Browsers keep a copy, but check whether it's still current (then the answer is 304, without the file).
    response.headers[.cacheControl] = "no-cache"
    response.headers[.acceptRanges] = nil
    response.headers[.xContentTypeOptions] = "nosniff"
    response.headers[.contentSecurityPolicy] = Self.contentSecurityPolicy(for: request.uri.path)
    if let type = response.headers[.contentType], type.hasPrefix("text/"), !type.contains("charset") {
      response.headers[.contentType] = type + "; charset=utf-8"
    }
    return response
  }

  private func answer(
    _ request: Request,
    context: LabContext,
    next: (Request, LabContext) async throws -> Response
  ) async throws -> Response {
    do {
      try allowedHosts.check(request, port: context.port ?? 0)
    } catch {
      return text(error.status, error.body ?? "", for: request)
    }
    guard request.method == .get || request.method == .head else {
      var response = text(.methodNotAllowed, "This server only hands out files: use GET or HEAD.", for: request)
      response.headers[.allow] = "GET, HEAD"
      return response
    }
    // Files are small and sent whole: range requests are ignored, as HTTP allows.
    var head = request.head
    head.headerFields[.range] = nil
    do {
      return try await next(Request(head: head, body: request.body), context)
    } catch let error as any HTTPResponseError {
      let message =
        error.status == .notFound
        ? "There is no page at \(request.uri.path). The first page is at /."
        : "\(error.status.code) \(error.status.reasonPhrase)"
      return text(error.status, message, for: request)
    }
  }

  private func text(_ status: HTTPResponse.Status, _ message: String, for request: Request) -> Response {
    let body = ByteBuffer(string: message + "\n")
    var response = Response(status: status, headers: [.contentType: "text/plain"])
    response.headers[.contentLength] = String(body.readableBytes)
    if request.method != .head { response.body = ResponseBody(byteBuffer: body) }
    return response
  }
}
