#if !hasFeature(Embedded)
  extension Table: Equatable {
    /// Whether both have the same columns; their origin doesn't matter.
    public static func == (first: Table, second: Table) -> Bool {
      first.rowCount == second.rowCount && first.columns == second.columns
    }
  }

  extension Column: Equatable {
    /// Whether both have the same name and the same cells. Missing cells are equal.
    public static func == (first: Column, second: Column) -> Bool {
      first.name == second.name && first.dates == second.dates && first.isIndex == second.isIndex
        && first.storage == second.storage
    }
  }

  extension Column.Storage: Equatable {
    package static func == (first: Self, second: Self) -> Bool {
      switch (first, second) {
      case (.levels(let a, let b, _), .levels(let c, let d, _)): a == c && b == d
      case (.dense(let a, let b), .dense(let c, let d)):
        a.count == c.count && a.indices.allSatisfy { a[$0] == c[$0] || a[$0].isNaN && c[$0].isNaN } && b == d
      case (.discarded(let a, let b), .discarded(let c, let d)): a == c && b == d
      default: false
      }
    }
  }

  extension Column.OtherText: Equatable {
    package static func == (first: Self, second: Self) -> Bool { first.row == second.row && first.text == second.text }
  }
#endif
