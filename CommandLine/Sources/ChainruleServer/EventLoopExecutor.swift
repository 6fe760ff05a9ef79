import NIOCore

/// Runs tasks on the thread of an event loop.
///
/// A task that answers a request writes to a channel of that loop. On the same thread, each write takes effect at once,
/// and the next one waits if the channel's buffer is full. From another thread, writes queue up without a limit while
/// the loop is busy.
final class EventLoopExecutor: TaskExecutor {
  private let eventLoop: any EventLoop

  init(_ eventLoop: any EventLoop) {
    self.eventLoop = eventLoop
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    eventLoop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
