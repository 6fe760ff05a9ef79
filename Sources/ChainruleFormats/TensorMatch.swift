import Chainrule

/// Matches the tensors of a file with the places of a network.
struct TensorMatch {
  /// The layers with parameters, each with its tensors in the file.
  private(set) var layers: [(place: TensorPlace, tensors: [TensorPlace.Part: Tensor])] = []

  /// A layer's tensors by the last word of their names.
  private typealias Group = [String: Tensor]

  /// PyTorch's count of a batch normalization's steps. Predictions don't use it.
  private static let counter = "num_batches_tracked"

  /// Matches each tensor with its place.
  ///
  /// - Throws: ``TensorFileError`` with everything that has no match.
  init(_ schema: Schema, _ file: TensorFile, renaming: (String) -> String?) throws(TensorFileError) {
    var groups = try Self.groups(file, renaming)
    var missing: [String] = []
    let places = TensorPlace.all(of: schema)
    for (place, name) in zip(places, Self.names(places, in: groups)) {
      var tensors: [TensorPlace.Part: Tensor] = [:]
      var group = name.flatMap { groups.removeValue(forKey: $0) } ?? [:]
      for part in place.parts { tensors[part] = group.removeValue(forKey: part.rawValue) }
      for part in place.parts where tensors[part] == nil && !place.canLack(part, besides: tensors) {
        missing.append("\(place.name(of: part)) \(TensorFileError.text(place.shape(of: part)))")
      }
      if place.kind == .batchNormalization { group[Self.counter] = nil }
      if let name, !group.isEmpty { groups[name] = group }
      layers.append((place, tensors))
    }
    let unplaced = Set(groups.values.flatMap { $0.values.map(\.name) })
    if unplaced.isEmpty && missing.isEmpty { return }
    let tensors = file.tensors.filter { unplaced.contains($0.name) }
    throw TensorFileError(
      .unmatched(
        tensors: tensors.map { "“\($0.name.prefix(60))” \(TensorFileError.text($0.shape))" }, places: missing),
      file: file.name)
  }

  /// Checks that no tensor is left out, and that each has the same name as in ``Network/tensors``.
  func checkIsComplete(_ file: TensorFile) throws(TensorFileError) {
    for (place, tensors) in layers {
      for part in place.parts where tensors[part]?.name != place.name(of: part) {
        throw TensorFileError(
          .missingTensor(known: file.tensors.map(\.name)), file: file.name, tensor: place.name(of: part))
      }
    }
  }

  /// The tensors by the name of their layer, after renaming.
  private static func groups(
    _ file: TensorFile, _ renaming: (String) -> String?
  ) throws(TensorFileError) -> [String: Group] {
    var groups: [String: Group] = [:]
    for tensor in file.tensors {
      guard let name = renaming(tensor.name) else { continue }
      let words = name.split(separator: ".", omittingEmptySubsequences: false)
      let layer = words.dropLast().joined(separator: ".")
      if let other = groups[layer, default: [:]].updateValue(tensor, forKey: String(words[words.count - 1])) {
        throw TensorFileError(.renamedAlike(other: other.name, name: name), file: file.name, tensor: tensor.name)
      }
    }
    return groups
  }

  /// The name of each place's group.
  private static func names(_ places: [TensorPlace], in groups: [String: Group]) -> [String?] {
    let own = places.map(\.name)
    if Set(own).isSuperset(of: groups.keys) { return own.map { groups[$0] == nil ? nil : $0 } }
    // A layer has a weight, or a batch normalization's statistics. Other names have no place anyway.
    let layers = groups.filter { $0.value["weight"] != nil || $0.value["running_mean"] != nil }.map(\.key)
    if layers.count == places.count, let ordered = ordered(layers) { return ordered }
    return own.map { groups[$0] == nil ? nil : $0 }
  }

  /// The names in the order of their numbers; `nil` if they also differ in anything else.
  private static func ordered(_ names: [String]) -> [String]? {
    if names.count == 1 { return names }
    var skeletons: Set<String> = []
    var keys: [(numbers: [Int], name: String)] = []
    for name in names {
      var skeleton = ""
      var numbers: [Int] = []
      var rest = name[...]
      while let first = rest.first {
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        if digits.isEmpty {
          skeleton.append(first)
          rest = rest.dropFirst()
        } else {
          guard let number = Int(digits) else { return nil }
          skeleton.append("#")
          numbers.append(number)
          rest = rest[digits.endIndex...]
        }
      }
      // For an `nn.Sequential` inside another: 1.0 and 1.1 come between 0 and 2.
      while skeleton.hasSuffix("#.#") { skeleton.removeLast(2) }
      skeletons.insert(skeleton)
      keys.append((numbers, name))
    }
    guard skeletons.count == 1 else { return nil }
    keys.sort { $0.numbers.lexicographicallyPrecedes($1.numbers) }
    // Such as “fc1” and “fc01”.
    for (one, next) in zip(keys, keys.dropFirst()) where one.numbers == next.numbers { return nil }
    return keys.map(\.name)
  }
}
