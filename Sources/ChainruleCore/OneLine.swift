#if !hasFeature(Embedded)
  extension String {
    /// The text in one line, for a message: what would break the line or steer a terminal becomes a blank.
    ///
    /// Names, cells and metadata come from files, which may hold line breaks and escape sequences.
    package var oneLine: String {
      let scalars = unicodeScalars.map { scalar -> Unicode.Scalar in
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: " "
        // Emoji are joined by U+200D; other format characters change the direction of what follows, or hide it.
        case .format where scalar != "\u{200D}": " "
        default: scalar
        }
      }
      return String(String.UnicodeScalarView(scalars))
    }
  }
#endif
