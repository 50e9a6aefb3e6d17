/// The rows of all files.
package struct ReferenceTables: Sendable {
  package var traders: [TraderRow] = []
  package var trades: [TradeRow] = []
  package var instruments: [InstrumentRow] = []
  package var prices: [PriceRow] = []
  package var index: [IndexRow] = []
  package var news: [NewsRow] = []
  package var accounts: [AccountRow] = []
  package var links: [LinkRow] = []
  package var insiders: [InsiderRow] = []
  package var restrictions: [RestrictionRow] = []
  package var plans: [PlanRow] = []
  package var exemptions: [ExemptionRow] = []
  package var instructions: [InstructionRow] = []

  package init() {}
}
