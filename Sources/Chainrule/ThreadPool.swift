import CPUFeatures
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Threads that wait for work in pieces, and share the pieces with the caller.
///
/// After a call, the threads spin briefly, so the next loop of a training step finds them awake. Then they sleep, and
/// cost nothing. Each begins with its own share of the pieces, whose memory is probably still in its cache, and then
/// helps with other shares. Any thread can get any piece, so pieces must not depend on each other.
final class ThreadPool: Sendable {
  /// The most threads that work at once, including the caller's.
  let threadCount: Int
  private let board: Board
  private let threads: [pthread_t]

  init(threadCount: Int, scratchCount: Int) {
    let board = Board(shares: max(threadCount, 1), scratchCount: scratchCount)
    var threads: [pthread_t] = []
    for _ in 1..<max(threadCount, 1) {
      let context = Unmanaged.passRetained(board)
      #if canImport(Darwin)
        var thread: pthread_t?
      #else
        var thread = pthread_t()
      #endif
      let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
        Unmanaged<Board>.fromOpaque(context!).takeRetainedValue().work()
        return nil
      }
      #if canImport(Darwin)
        let status = pthread_create(&thread, nil, { main($0) }, context.toOpaque())
      #else
        let status = pthread_create(&thread, nil, main, context.toOpaque())
      #endif
      if status != 0 {
        // With fewer threads, the work takes longer but gives the same result.
        context.release()
        break
      }
      #if canImport(Darwin)
        threads.append(thread!)
      #else
        threads.append(thread)
      #endif
    }
    self.board = board
    self.threads = threads
    self.threadCount = threads.count + 1
  }

  deinit {
    board.end()
    for thread in threads { pthread_join(thread, nil) }
  }

  /// Runs all pieces, and returns when they're done. If another call is running, the caller runs its pieces alone.
  ///
  /// The work is a value on the caller's stack, because a closure would be allocated.
  @inline(__always)
  func run<Work: SharedWork>(pieces: Int, scratch: UnsafeMutablePointer<Float>, _ work: Work) {
    if pieces > 1 && !threads.isEmpty {
      let isDone = withUnsafePointer(to: work) { pointer in
        board.run(pieces: pieces, scratch: scratch, UnsafeRawPointer(pointer)) { work, piece, scratch in
          work.assumingMemoryBound(to: Work.self).pointee.run(piece: piece, scratch: scratch)
        }
      }
      if isDone { return }
    }
    for piece in 0..<pieces { work.run(piece: piece, scratch: scratch) }
  }
}

/// Work in independent pieces.
protocol SharedWork {
  /// Runs one piece. `scratch` is memory of the current thread.
  func run(piece: Int, scratch: UnsafeMutablePointer<Float>)
}

/// The state that the caller and the threads of a pool share.
final class Board: @unchecked Sendable {
  /// Runs one piece of the work at an address.
  typealias Body = (_ work: UnsafeRawPointer, _ piece: Int, _ scratch: UnsafeMutablePointer<Float>) -> Void

  private let scratchCount: Int
  /// The number of shares of the pieces, one for each thread.
  private let shares: Int
  /// How many pieces of each share have been taken. Each count has a cache line of its own.
  private let taken: UnsafeMutablePointer<Atomic<Int>>
  private static let line = 16
  private let seats = Atomic<Int>(1)
  // The work: the caller writes it while the gate is closed, and threads inside read it.
  private var subject: UnsafeRawPointer?
  private var body: Body?
  private var pieceCount = 0
  /// ``open`` while there is work, and the number of threads inside.
  private let gate = Atomic<Int>(0)
  private static let open = 1 << 32
  /// Incremented by every call, so a thread knows whether it has seen this one.
  private let round = Atomic<Int>(0)
  private let isBusy = Atomic<Bool>(false)
  private let isEnding = Atomic<Bool>(false)
  private let sleepers = Atomic<Int>(0)
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  /// How often a thread checks the round before it sleeps: about a hundred microseconds.
  private static let patience = 4_000

  init(shares: Int, scratchCount: Int) {
    self.shares = shares
    self.scratchCount = scratchCount
    taken = .allocate(capacity: shares * Board.line)
    for i in 0..<(shares * Board.line) { (taken + i).initialize(to: Atomic(0)) }
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
    taken.deinitialize(count: shares * Board.line)
    taken.deallocate()
  }

  // MARK: The caller

  /// Returns false, and does nothing, while another caller is at work.
  func run(
    pieces: Int, scratch: UnsafeMutablePointer<Float>, _ work: UnsafeRawPointer, _ body: @escaping Body
  ) -> Bool {
    if isBusy.exchange(true, ordering: .acquiring) { return false }
    subject = work
    self.body = body
    pieceCount = pieces
    for share in 0..<shares { taken[share * Board.line].store(0, ordering: .relaxed) }
    gate.store(Board.open, ordering: .releasing)
    round.add(1, ordering: .sequentiallyConsistent)
    if sleepers.load(ordering: .sequentiallyConsistent) > 0 { wake() }
    takePieces(seat: 0, scratch)
    // No need to wait for sleeping threads. Threads inside may still be running a piece.
    gate.bitwiseAnd(~Board.open, ordering: .acquiringAndReleasing)
    while gate.load(ordering: .acquiring) != 0 { cpu_pause() }
    isBusy.store(false, ordering: .releasing)
    return true
  }

  func end() {
    isEnding.store(true, ordering: .sequentiallyConsistent)
    wake()
  }

  private func wake() {
    pthread_mutex_lock(mutex)
    pthread_cond_broadcast(condition)
    pthread_mutex_unlock(mutex)
  }

  /// Runs pieces until none are left, those of its own share first.
  private func takePieces(seat: Int, _ scratch: UnsafeMutablePointer<Float>) {
    for i in seat..<(seat + shares) {
      let share = i < shares ? i : i - shares
      let first = pieceCount * share / shares
      let count = pieceCount * (share + 1) / shares - first
      while true {
        let piece = taken[share * Board.line].add(1, ordering: .relaxed).oldValue
        if piece >= count { break }
        body!(subject!, first + piece, scratch)
      }
    }
  }

  // MARK: The threads

  /// A thread's main loop.
  func work() {
    // Aligned to a cache line, as the caller's is.
    let memory = UnsafeMutableRawPointer.allocate(byteCount: max(scratchCount, 1) * 4, alignment: 64)
    let scratch = memory.bindMemory(to: Float.self, capacity: max(scratchCount, 1))
    defer { memory.deallocate() }
    let seat = seats.add(1, ordering: .relaxed).oldValue
    var seen = 0
    while waitForRound(after: seen) {
      seen = round.load(ordering: .acquiring)
      if !enter() { continue }
      takePieces(seat: seat, scratch)
      gate.subtract(1, ordering: .releasing)
    }
  }

  private func enter() -> Bool {
    var inside = gate.load(ordering: .relaxed)
    while inside & Board.open != 0 {
      let result = gate.compareExchange(expected: inside, desired: inside + 1, ordering: .acquiring)
      if result.exchanged { return true }
      inside = result.original
    }
    return false
  }

  /// Waits for a round other than `seen`. Returns false when the pool ends.
  private func waitForRound(after seen: Int) -> Bool {
    var looks = 0
    while round.load(ordering: .acquiring) == seen {
      if isEnding.load(ordering: .relaxed) { return false }
      looks += 1
      if looks < Board.patience { cpu_pause() } else { sleep(after: seen) }
    }
    return true
  }

  private func sleep(after seen: Int) {
    pthread_mutex_lock(mutex)
    sleepers.add(1, ordering: .sequentiallyConsistent)
    while round.load(ordering: .sequentiallyConsistent) == seen && !isEnding.load(ordering: .sequentiallyConsistent) {
      pthread_cond_wait(condition, mutex)
    }
    sleepers.subtract(1, ordering: .sequentiallyConsistent)
    pthread_mutex_unlock(mutex)
  }
}
