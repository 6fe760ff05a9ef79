import Foundation

/// Finds the columns that options name in a table's header.
struct ColumnNames {
  let header: [String]
  /// Whether the names are the reader's own, “column 1” and so on.
  var isNumbered: Bool { header.first == "column 1" }
  private var unknown: [(name: String, option: String)] = []

  init(header: [String]) { self.header = header }

  /// The columns in an option's values. Each value is a name, or several separated by commas. Records names that aren't
  /// found for ``check(table:)``.
  mutating func resolve(_ values: [String], option: String) -> [String] {
    var names: [String] = []
    for value in values {
      // A name can contain a comma itself.
      for part in find(value).map({ [$0] }) ?? Self.parts(value) {
        if let name = find(part) {
          if !names.contains(name) { names.append(name) }
        } else {
          unknown.append((part, option))
        }
      }
    }
    return names
  }

  /// The column in an option's value.
  mutating func resolve(_ value: String?, option: String) -> String? {
    guard let value else { return nil }
    if let name = find(value) { return name }
    unknown.append((value, option))
    return nil
  }

  /// - Throws: ``Failure`` with every name that wasn't found.
  func check(table: String) throws(Failure) {
    if unknown.isEmpty { return }
    let complaints = unknown.map { name, option in
      let shown = "\(option) “\(TextFormat.short(name))”"
      guard let nearest = NearestName.find(name, in: header) else { return shown }
      return "\(shown) (did you mean “\(TextFormat.short(nearest))”?)"
    }
    let which = complaints.count == 1 ? "there is no column for " : "there are no columns for "
    let hint = isNumbered ? "the table has no header, so its columns are called " : "found "
    throw Failure(
      code: .data,
      message: "\(table): \(which)\(complaints.joined(separator: ", ")); \(hint)\(TextFormat.list(header, limit: 20))")
  }

  /// - Throws: ``Failure`` with every column of a model that the header lacks.
  static func checkPresent(_ needed: [String], header: [String], table: String) throws(Failure) {
    let known = Set(header)
    let missing = needed.filter { !known.contains($0) }
    if missing.isEmpty { return }
    let names = missing.prefix(12).map { name in
      guard let nearest = NearestName.find(name, in: header.filter { !needed.contains($0) }) else {
        return "“\(TextFormat.short(name))”"
      }
      return "“\(TextFormat.short(name))” (is it “\(TextFormat.short(nearest))”?)"
    }
    let which = missing.count == 1 ? "the model needs the column " : "the model needs the columns "
    let more = missing.count > 12 ? " and \(missing.count - 12) more" : ""
    throw Failure(
      code: .data,
      message: "\(table): \(which)\(names.joined(separator: ", "))\(more); found \(TextFormat.list(header, limit: 20))")
  }

  private func find(_ name: String) -> String? {
    if header.contains(name) { return name }
    let trimmed = name.trimmingCharacters(in: .whitespaces)
    if header.contains(trimmed) { return trimmed }
    // A file can have names in quotation marks, which the reader removes.
    if trimmed.count > 2, let mark = trimmed.first, mark == trimmed.last, mark == "'" || mark == "\"" {
      let inner = String(trimmed.dropFirst().dropLast())
      if header.contains(inner) { return inner }
    }
    // Without a header, a column's number is enough.
    if isNumbered, Int(trimmed) != nil, header.contains("column \(trimmed)") { return "column \(trimmed)" }
    return nil
  }

  private static func parts(_ value: String) -> [String] {
    let parts = value.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    return parts.isEmpty ? [value] : parts
  }
}
