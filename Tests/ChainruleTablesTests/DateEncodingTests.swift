import ChainruleTables
import Testing

struct DateEncodingTests {
  /// The first of each month of two years, from January 2023.
  private let months = (0..<24).map { "20\(23 + $0 / 12)-\($0 % 12 < 9 ? "0" : "")\($0 % 12 + 1)-01" }

  private func fit(_ cells: [String?]) throws -> TableEncoding {
    try TableEncoding.fit(table(["day": cells, "kind": repeated(["u", "v"], cells.count)]), targets: ["kind"])
  }

  private func coding(_ encoding: TableEncoding) throws -> DateCoding {
    guard case .date(let coding) = encoding.inputs[0].coding else { throw Unexpected() }
    return coding
  }

  @Test func `An invalid day is missing`() throws {
    let encoding = try fit(months + ["soon"])
    #expect(encoding.inputs[0].hasMissingInput)
    let encoded = rows(
      try encoding.inputs(from: table(["day": ["2023-02-30", "2024-01-01", nil]])), encoding.inputCount)
    #expect(encoded.map(\.last) == [1, 0, 1])
    #expect(encoded[0] == encoded[2])
  }

  @Test func `Dates become a trend and cycles`() throws {
    let encoding = try fit(months)
    #expect(try coding(encoding).cycles == [.year, .week])
    #expect(encoding.inputCount == 5)
    let encoded = rows(try encoding.inputs(from: table(["day": ["2023-01-01", "2024-01-01", "2024-07-02"]])), 5)
    // Later is more.
    #expect(encoded[0][0] < encoded[1][0] && encoded[1][0] < encoded[2][0])
    // January begins the year; half a year later the cosine is at the other end.
    #expect(encoded[1][1] == 0 && encoded[1][2] == 1)
    #expect(abs(encoded[2][1]) < 1e-6 && abs(encoded[2][2] + 1) < 1e-6)
    // 1 January 2023 was a Sunday, the last day of a week; 1 January 2024 was a Monday.
    #expect(abs(encoded[0][3] + 0.781_831_5) < 1e-6 && abs(encoded[0][4] - 0.623_489_8) < 1e-6)
    #expect(encoded[1][3] == 0 && encoded[1][4] == 1)
  }

  @Test func `Cycles that the dates don't cover are left out`() throws {
    #expect(try coding(fit((1...9).map { "2024-03-0\($0)" })).cycles == [])
    #expect(try coding(fit((10...30).map { "2024-03-\($0)" })).cycles == [.week])
    #expect(try coding(fit((10...20).map { "2024-03-11 \($0):30" })).cycles == [.day])
  }

  @Test func `The time of day`() throws {
    let encoding = try fit((10...20).map { "2024-03-11 \($0):30" })
    let encoded = rows(try encoding.inputs(from: table(["day": ["2024-03-11 00:00", "2024-03-11 18:00"]])), 3)
    #expect(encoded[0][1] == 0 && encoded[0][2] == 1)
    #expect(abs(encoded[1][1] + 1) < 1e-6 && abs(encoded[1][2]) < 1e-6)
  }

  @Test func `Later dates are read as those in training, days before months`() throws {
    // Only the training rows show which number is the day.
    let encoding = try fit(["31.12.2023", "15.06.2023", "01.02.2023", "28.03.2024", "05.04.2024", "30.09.2022"])
    let later = try encoding.inputs(from: table(["day": ["02.03.2024"]]))
    let written = try encoding.inputs(from: ["day": "02.03.2024"])
    let among = try encoding.inputs(from: table(["day": ["02.03.2024", "31.12.2023"]]))
    #expect(later == written && later == Array(among.prefix(encoding.inputCount)))
  }

  @Test func `Many dates are encoded like few`() throws {
    let many = (0..<3000).map { "20\(10 + $0 / 336)-\($0 / 28 % 12 < 9 ? "0" : "")\($0 / 28 % 12 + 1)-\(10 + $0 % 19)" }
    let encoding = try fit(many)
    let all = rows(try encoding.inputs(from: table(["day": many])), encoding.inputCount)
    let few = rows(try encoding.inputs(from: table(["day": Array(many[1000..<1100])])), encoding.inputCount)
    #expect(Array(all[1000..<1100]) == few)
  }

  @Test func `Dates long after training are limited, with a notice`() throws {
    let encoding = try fit(months)
    let later = try table(["day": ["2999-01-01"]])
    for value in try encoding.inputs(from: later) { #expect(abs(value) <= 3) }
    #expect(
      try encoding.notices(for: later).map(\.description) == [
        "“day”: 1 cell far outside the training range of 2023-01-01 to 2024-12-01"
      ])
  }
}
