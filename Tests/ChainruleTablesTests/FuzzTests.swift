import ChainruleTables
import Testing

/// Damaged files end in a table or in an error, never in a trap, and the same for every size of the parts.
@Suite struct FuzzTests {
  private static let seeds = [
    "a,b,c\n1,2,x\n3.5,,y\n-1e5,NA,\"q \"\"r\"\"\"\n", "x;y\r\n1,5;2\r\n1.234,5;3\r\n", "'a'\t'b'\n1\t'x'\n",
    "# c\na b\n1 2\n",
    "@relation r\n@attribute a numeric\n@attribute b {x,'y'}\n@data\n1,x\n?,'y'\n", "sep=|\na|b\n1|2\n",
    ",d\n0,2024-01-05\n1,31.12.2024\n", "4,2,red,blue\n1,2,0,1\n3,4,1,1\n5,6,0,1\n7,8,0,0\n", "p,q\n5%,$1\n6%,$2\n",
    "é,ü\nñ,1\n",
    "a,b\r1,2\r3,4\r", "1,2\n3,4\n",
  ]
  private static let pieces: [[UInt8]] =
    [
      ",", ";", "\t", "\"", "'", "\n", "\r", "\r\n", "#", ".", "-", "e9", "1", "0", " ", "\\", "{", "@data\n", "é",
      "999999999999999999999",
      "\"\"", "\n\n", "%", "/", ":", "\u{2212}",
    ].map { Array($0.utf8) } + [[0], [0xFF], [0xC3], [0xE2, 0x80], [0xFF, 0xFE]]

  @Test func twentyThousandDamagedFiles() {
    var random = SplitMix(seed: 7)
    var tables = 0
    for _ in 0..<20_000 {
      var bytes = Array(Self.seeds.randomElement(using: &random)!.utf8)
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let place = Int.random(in: 0...bytes.count, using: &random)
        switch random.next() % 4 {
        case 0: bytes.insert(contentsOf: Self.pieces.randomElement(using: &random)!, at: place)
        case 1: if place < bytes.count { bytes.remove(at: place) }
        case 2: if place < bytes.count { bytes[place] = UInt8(truncatingIfNeeded: random.next()) }
        default:
          let end = Int.random(in: place...bytes.count, using: &random)
          bytes.insert(contentsOf: bytes[place..<end], at: place)
        }
      }
      let whole = Result { () throws(TableError) in try read(bytes) }
      let parts = Result { () throws(TableError) in try read(bytes, chunk: Int.random(in: 1...9, using: &random)) }
      switch (whole, parts) {
      case (.success(let first), .success(let second)):
        tables += 1
        #expect(first == second && first.notices == second.notices, "\(bytes)")
        #expect(
          first.columns.allSatisfy { $0.missingCount + $0.numberCount + $0.dateCount + $0.textCount == first.rowCount })
      case (.failure(let first), .failure(let second)): #expect(first == second, "\(bytes)")
      default: Issue.record("\(bytes) in parts ends otherwise than whole")
      }
    }
    #expect(tables > 2000)
  }
}
