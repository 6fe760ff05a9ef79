import Foundation

/// Reference numbers from Tests/Vectors. Its README names their sources.
func vectors<Content: Decodable>(_ name: String, as type: Content.Type = Content.self) throws -> Content {
  let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Vectors/\(name).json")
  let decoder = JSONDecoder()
  decoder.nonConformingFloatDecodingStrategy = .convertFromString(
    positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
  return try decoder.decode(type, from: Data(contentsOf: url))
}

/// The distance of two vectors, divided by the length of the second.
func relativeDistance(_ found: [Float], _ expected: [Double]) -> Double {
  guard found.count == expected.count else { return .infinity }
  let difference = zip(found, expected).reduce(0) { $0 + (Double($1.0) - $1.1) * (Double($1.0) - $1.1) }
  let size = expected.reduce(0) { $0 + $1 * $1 }
  return (size == 0 ? difference : difference / size).squareRoot()
}
