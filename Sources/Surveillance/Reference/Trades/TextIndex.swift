/// Finds texts of a column: open addressing, at most half full, four bytes a slot.
struct TextIndex: Sendable {
  /// Rows plus one; 0 is an empty slot.
  private var slots = [UInt32](repeating: 0, count: 64)

  /// The text's row, added if no row has it.
  mutating func row(_ text: ArraySlice<UInt8>, in column: inout TextColumn) -> (row: Int32, isNew: Bool) {
    if column.count * 2 >= slots.count { grow(column) }
    var slot = TextColumn.hash(text) & (slots.count - 1)
    while slots[slot] != 0 {
      let row = Int(slots[slot]) - 1
      if column.equals(row, text) { return (Int32(row), false) }
      slot = (slot + 1) & (slots.count - 1)
    }
    column.append(text)
    slots[slot] = UInt32(column.count)
    return (Int32(column.count - 1), true)
  }

  func find(_ text: ArraySlice<UInt8>, in column: TextColumn) -> Int32? {
    var slot = TextColumn.hash(text) & (slots.count - 1)
    while slots[slot] != 0 {
      let row = Int(slots[slot]) - 1
      if column.equals(row, text) { return Int32(row) }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private mutating func grow(_ column: TextColumn) {
    let count = slots.count * 2
    // The old slots go before the new ones come.
    slots = []
    slots = [UInt32](repeating: 0, count: count)
    for row in 0..<column.count {
      var slot = column.hash(row) & (count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (count - 1) }
      slots[slot] = UInt32(row + 1)
    }
  }
}

/// Texts that come again and again, each kept once under a number.
struct Interner: Sendable {
  private var texts = TextColumn()
  private var index = TextIndex()

  var count: Int { texts.count }

  mutating func intern(_ text: ArraySlice<UInt8>) -> (number: Int32, isNew: Bool) {
    let (row, isNew) = index.row(text, in: &texts)
    return (row, isNew)
  }

  func number(of text: String) -> Int32? { index.find(Array(text.utf8)[...], in: texts) }
  func text(_ number: Int32) -> String { texts.text(Int(number)) }
}
