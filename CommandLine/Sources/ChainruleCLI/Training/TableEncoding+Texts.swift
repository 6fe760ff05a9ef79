import ChainruleTables

extension TableEncoding {
  /// The columns whose texts the model needs: categories and classes. The others are cheaper to read as numbers.
  var textColumns: [String] {
    let categories = inputs.filter { input in
      switch input.coding {
      case .sign, .oneHot: true
      case .number, .date: false
      }
    }
    return categories.map(\.name) + (target.labels == nil ? [] : target.names)
  }
}
