import ChainruleServer

/// Runs a server while the body runs, then stops it and waits until it has stopped.
func serving<Value: Sendable>(
  _ server: LabServer,
  _ body: (LabAddress) async throws -> Value
) async throws -> Value {
  let (addresses, listening) = AsyncStream.makeStream(of: LabAddress.self)
  let running = Task {
    defer { listening.finish() }
    try await server.run { listening.yield($0) }
  }
  var iterator = addresses.makeAsyncIterator()
  guard let address = await iterator.next() else {
    try await running.value
    throw CancellationError()
  }
  let result: Result<Value, any Error>
  do { result = .success(try await body(address)) } catch { result = .failure(error) }
  running.cancel()
  try await running.value
  return try result.get()
}
