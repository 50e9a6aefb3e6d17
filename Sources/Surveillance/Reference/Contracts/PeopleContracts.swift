// The contracts of the files about people: traders, accounts, and what links them.

extension TraderRow: ReadableRow {
  package static let file = ReferenceFile.traders

  init(_ row: inout ContractRow) throws(ReferenceError) {
    id = try row.identifier()
    name = try row.text()
    role = try row.text()
    department = try row.text()
    access = try row.choice()
    permission = try row.choice()
    mandateSectors = try row.list()
  }

  var key: String { id }

  package func write(to writer: inout CSVWriter) {
    writer.field(id)
    writer.field(name)
    writer.field(role)
    writer.field(department)
    writer.field(access)
    writer.field(permission)
    writer.field(mandateSectors)
  }
}

extension AccountRow: ReadableRow {
  package static let file = ReferenceFile.accounts

  init(_ row: inout ContractRow) throws(ReferenceError) {
    id = try row.identifier()
    name = try row.text()
    ownerID = try row.optionalIdentifier()
    ownerName = row.optionalText()
    ownerType = row.optionalText()
    relationship = row.optionalText()
    controllerID = try row.optionalIdentifier()
    desk = row.optionalText()
  }

  var key: String { id }

  package func write(to writer: inout CSVWriter) {
    writer.field(id)
    writer.field(name)
    writer.field(ownerID)
    writer.field(ownerName)
    writer.field(ownerType)
    writer.field(relationship)
    writer.field(controllerID)
    writer.field(desk)
  }
}

extension LinkRow: ReadableRow {
  package static let file = ReferenceFile.links
  static let largestDegree = 9

  init(_ row: inout ContractRow) throws(ReferenceError) {
    first = try row.identifier()
    second = try row.identifier()
    guard first != second else {
      throw row.wrong("\(first) is linked with itself.", "Name another entity, or delete the row.")
    }
    relation = try row.choice()
    degree = try row.integer(in: 1...Self.largestDegree)
  }

  /// The same from both ends.
  var key: String { "\(min(first, second)) and \(max(first, second)), \(relation.rawValue)" }

  package func write(to writer: inout CSVWriter) {
    writer.field(first)
    writer.field(second)
    writer.field(relation)
    writer.field(degree)
  }
}
