/// A policy to begin with. docs/policy.md has the same.
enum PolicyExample {
  static let text = """
    {
      "principals": [
        {
          "name": "alex",
          "certificate": {"uri": "spiffe://signalbox.local/operator/alex"},
          "token": {"subject": "alex"},
          "link": true,
          "roles": ["admin"],
          "tenant": "acme"
        },
        {
          "name": "kim",
          "link": true,
          "roles": ["analyst"],
          "tenant": "acme",
          "grants": [
            {"actions": ["observe"], "tasks": "all"}
          ]
        },
        {
          "certificate": {"uri": "spiffe://signalbox.local/agent/*"},
          "grants": [
            {"actions": ["watch", "submit", "cancel", "answer"], "tasks": "own"}
          ]
        },
        {
          "token": {"subject": "*"},
          "roles": "claims",
          "tenant": "claim"
        }
      ]
    }
    """
}
