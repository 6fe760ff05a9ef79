/// The bills of 49 penguins of three species: of the rows of `data/penguins.csv` that have both measurements, every seventh,
/// beginning with the fourth. Collected by Gorman, Williams and Fraser (2014) near Palmer Station, Antarctica; public domain (CC0).
enum BillSample {
  /// The species, in the order of their numbers.
  static let species: [StaticString] = ["Adelie", "Gentoo", "Chinstrap"]
  /// The length and the depth of each bill in tenths of a millimeter, and the number of the species.
  static let lengths: [Int16] = [
    367, 378, 344, 353, 395, 398, 411, 420, 357, 411, 355, 429, 383, 408, 377, 432, 386, 414, 385, 402, 373, 415,
    454, 484, 502, 478, 491, 496, 449, 450, 457, 507, 475, 500, 475, 469, 473, 498, 472, 513, 513, 503, 506, 409,
    520, 509, 514, 502, 496,
  ]
  static let depths: [Int16] = [
    193, 173, 184, 189, 178, 191, 190, 195, 169, 191, 175, 176, 192, 189, 160, 190, 170, 185, 179, 201, 168, 185,
    146, 146, 143, 150, 148, 160, 133, 154, 139, 150, 142, 159, 150, 146, 138, 159, 137, 192, 199, 200, 194, 166,
    207, 179, 190, 188, 182,
  ]
  static let kinds: [Int8] = [
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2,
  ]
}
