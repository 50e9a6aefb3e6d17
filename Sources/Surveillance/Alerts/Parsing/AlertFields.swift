/// Finds fields in an alert by their names, and remembers which were taken: what nobody took is a claim.
struct AlertFields {
  private var taken: Set<Int> = []

  /// What `element` says under the first of these names that it has: in a child or an attribute of its own, or else anywhere below.
  mutating func take(_ keys: [String], in element: XMLElement) -> String? {
    if let own = takeChild(keys, of: element) { return own }
    for key in keys {
      if let leaf = element.firstBelow({ Self.has($0, key) }) { return take(leaf) }
    }
    return nil
  }

  /// The same without looking further below.
  mutating func takeChild(_ keys: [String], of element: XMLElement) -> String? {
    for key in keys {
      if let leaf = element.children.first(where: { Self.has($0, key) }) { return take(leaf) }
      if let value = Self.attribute(key, of: element) { return value }
    }
    return nil
  }

  /// The same from an element that many rows share.
  mutating func take(_ keys: [String], from shared: SharedFields) -> String? {
    for key in keys {
      if let leaf = shared.leaves[key] { return take(leaf) }
      if let value = shared.values[key] { return value }
    }
    return nil
  }

  mutating func take(_ leaf: XMLElement) -> String? {
    taken.insert(leaf.ordinal)
    return leaf.text.isEmpty ? nil : leaf.text
  }

  /// Every leaf with a text that was not taken.
  func claims(of alert: XMLElement) -> [Claim] {
    var claims: [Claim] = []
    alert.forEachBelow { element in
      if element.isLeaf, !element.text.isEmpty, !taken.contains(element.ordinal) {
        claims.append(Claim(name: element.name, text: element.text))
      }
    }
    return claims
  }

  fileprivate static func has(_ element: XMLElement, _ key: String) -> Bool {
    element.key == key && element.isLeaf && !element.text.isEmpty
  }

  private static func attribute(_ key: String, of element: XMLElement) -> String? {
    element.attributes.first { $0.key == key }.flatMap(text)
  }

  fileprivate static func text(of attribute: XMLAttribute) -> String? {
    let words = attribute.value.split(separator: " ")
    return words.isEmpty ? nil : words.joined(separator: " ")
  }
}

/// What an element says for all rows in it. They may be thousands, and each asks for several names: so it is looked through once.
struct SharedFields {
  fileprivate let leaves: [String: XMLElement]
  fileprivate let values: [String: String]

  init(_ element: XMLElement) {
    let leaves = element.children.filter { AlertFields.has($0, $0.key) }
    self.leaves = Dictionary(leaves.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    let values = element.attributes.compactMap { attribute in
      AlertFields.text(of: attribute).map { (attribute.key, $0) }
    }
    self.values = Dictionary(values, uniquingKeysWith: { first, _ in first })
  }
}

/// How fields are called in the dialects. The first that an alert has counts.
enum AlertNames {
  static let alerts: Set = ["alert", "smartsalert"]
  static let id = ["alertid"]
  static let type = ["alerttype"]
  static let severity = ["severity"]
  static let generated = [
    "generatedtimestamp", "createddatetime", "generatedat", "createdat", "generateddatetime", "alerttimestamp",
  ]
  static let rule = "ruleviolated"
  static let ruleCode = ["rulecode", "ruleid"]
  static let ruleName = ["rulename"]

  static let rows: Set = ["suspiciousactivity", "order", "trade"]
  /// How sections begin whose trades are not flagged: they are of former days, or of other people.
  static let otherTrades = ["histor", "priortrade", "prioroccurrence", "priorpattern", "previous", "relatedpart"]
  static let orderID = ["orderid"]
  static let accountID = ["accountid", "account"]
  static let accountName = ["accountname"]
  static let accountType = ["accounttype"]
  static let book = ["tradingbooktype", "tradingbook", "book"]
  static let symbol = ["symbol", "ticker", "instrumentid", "instrument", "securityid", "security"]
  static let side = ["side", "tradeside", "tradedirection", "direction"]
  static let quantity = ["quantity", "qty", "executedquantity", "tradequantity", "shares"]
  static let price = ["price", "executionprice", "tradeprice", "averageprice"]
  static let value = ["totalvalue", "ordervalue", "tradevalue", "notional", "value"]
  static let counterparty = ["counterpartyaccount", "counterpartyaccountid", "counterparty"]
  static let venue = ["venue", "exchange"]
  static let tradeDate = ["tradedate", "orderdate", "executiondate", "date"]
  static let tradeTime = [
    "timestamp", "tradetimestamp", "ordertimestamp", "executiontimestamp", "tradedatetime", "datetime", "tradetime",
    "ordertime", "executiontime", "time",
  ]

  static let trader = "trader"
  static let traderGroup = "tradergroup"
  static let traderID = ["traderid", "trader"]
  static let traderName = ["tradername", "name"]
  static let department = ["department", "traderdepartment"]
  static let title = ["tradertitle", "title", "role"]

  static let events: Set = ["relatedevent", "correlatedevent"]
  static let eventType = ["eventtype", "type"]
  static let eventDate = ["eventdate", "announcementdate", "date"]
  static let eventTime = ["eventdatetime", "eventtimestamp", "eventtime", "announcementtime", "timestamp", "time"]
  static let eventDescription = ["eventdescription", "newsheadline", "headline", "description"]

  static let parties = "relatedparties"
  static let otherPeople: Set = ["relatedparties", "relationshipdetails", "counterparties"]
  static let relationshipDetails = "relationshipdetails"
  static let partyID = ["traderid", "partyid", "personid", "accountid", "id"]
  static let partyName = ["name", "partyname", "tradername", "accountname"]
  static let relationship = ["relationship", "relationshiptype", "relation"]

  static let exemption = "marketmakerdisclosure"
  static let licence = ["licensenumber", "licencenumber", "license", "licence"]
  static let regulator = ["regulator"]
  static let status = ["disclosurestatus", "status"]
  static let designated = "designatedsecurities"
  static let separated = ["tradingbookseparation", "bookseparation", "separated"]
}
