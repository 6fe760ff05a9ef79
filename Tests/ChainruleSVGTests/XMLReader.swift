import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// An element of a document, as found by another XML parser.
struct XMLElement {
  let name: String
  let attributes: [String: String]
  /// The names of the enclosing elements, the outermost first.
  let parents: [String]
  var text = ""
}

/// Reads a whole document.
final class XMLReader: NSObject, XMLParserDelegate {
  private(set) var elements: [XMLElement] = []
  /// Why the document isn't well-formed.
  private(set) var problem: String?
  private var open: [Int] = []

  init(_ document: String) {
    super.init()
    let parser = XMLParser(data: Data(document.utf8))
    parser.delegate = self
    if !parser.parse() { problem = "line \(parser.lineNumber): \(parser.parserError.map { "\($0)" } ?? "an error")" }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    let element = XMLElement(name: name, attributes: attributes, parents: open.map { elements[$0].name })
    open.append(elements.count)
    elements.append(element)
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    if let index = open.last { elements[index].text += text }
  }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    open.removeLast()
  }

  func all(_ name: String) -> [XMLElement] { elements.filter { $0.name == name } }
}
