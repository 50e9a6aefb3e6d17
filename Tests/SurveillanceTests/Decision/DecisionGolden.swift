/// The decision as it was when it was last read with care. A change of it is a change for everybody who has stored one.
enum DecisionGolden {
  static let text = #"""
    {
      "decision_id": "D-1",
      "alert_id": "AL-2026-0017",
      "alert_type": "INSIDER_TRADING",
      "determination": "ESCALATE",
      "recommended_action": "ESCALATE",
      "confidence": 73,
      "genuine_alert_confidence": 73,
      "false_positive_confidence": 20,
      "uncertainty": 7,
      "timestamp": "2026-11-22T09:30:00.000Z",
      "policy_version": "1",
      "interpretation": "template",
      "notice": "This is advice to a person, who decides. It weighs indicators; it does not say that anybody has done wrong, and it accuses nobody.",
      "key_findings": [
        "The trade had not been cleared beforehand, or the clearance had been refused. So j.okafor has answered.",
        "The order was 4.2 times the usual size of the trader.",
        "It came 18 hours before the news of 2026-03-03.",
        "The indicator gives 9.0 points.",
        "The indicator gives 8.0 points.",
        "No news of the 14 days before points that way.",
        "The alert says 36 hours, and the data says 18."
      ],
      "favorable_indicators": [
        "The indicator gives 17.0 points.",
        "The indicator gives 13.0 points.",
        "The indicator gives 5.0 points."
      ],
      "risk_mitigating_factors": [],
      "reasoning_narrative": "On alert AL-2026-0017, the advice is to escalate the alert. Of 100, the evidence gives 73 to a genuine alert and 20 to a false positive; 7 are uncertain. A genuine alert is escalated from 70 on. This is advice to the person who decides, and it accuses nobody.\n\nThe following speaks for a genuine alert. The trade had not been cleared beforehand, or the clearance had been refused. So j.okafor has answered. The order was 4.2 times the usual size of the trader. It came 18 hours before the news of 2026-03-03. The indicator gives 9.0 points. Weaker indicators point the same way.\n\nThe following speaks against it. The indicator gives 17.0 points. The indicator gives 13.0 points. The indicator gives 5.0 points.\n\nThe alert says 36 hours, and the data says 18. The nearest precedent is “An analyst bought more than usual before a ruling”, alike to 73 of 100; a person reviewed it.",
      "reasoning_sources": [
        [
          {
            "text": "On alert "
          },
          {
            "text": "AL-2026-0017",
            "tool": "read_alert"
          },
          {
            "text": ", the advice is to escalate the alert. Of "
          },
          {
            "text": "100",
            "tool": "evaluation"
          },
          {
            "text": ", the evidence gives "
          },
          {
            "text": "73",
            "tool": "evaluation"
          },
          {
            "text": " to a genuine alert and "
          },
          {
            "text": "20",
            "tool": "evaluation"
          },
          {
            "text": " to a false positive; "
          },
          {
            "text": "7",
            "tool": "evaluation"
          },
          {
            "text": " are uncertain. A genuine alert is escalated from "
          },
          {
            "text": "70",
            "tool": "evaluation"
          },
          {
            "text": " on. This is advice to the person who decides, and it accuses nobody."
          }
        ],
        [
          {
            "text": "The following speaks for a genuine alert. The trade had not been cleared beforehand, or the clearance had been refused. So "
          },
          {
            "text": "j.okafor",
            "tool": "human_input"
          },
          {
            "text": " has answered. The order was "
          },
          {
            "text": "4.2",
            "tool": "trader_history",
            "tool_call_id": "call-3"
          },
          {
            "text": " times the usual size of the trader. It came "
          },
          {
            "text": "18",
            "tool": "market_news",
            "tool_call_id": "call-4"
          },
          {
            "text": " hours before the news of "
          },
          {
            "text": "2026-03-03",
            "tool": "market_news",
            "tool_call_id": "call-4"
          },
          {
            "text": ". The indicator gives "
          },
          {
            "text": "9.0",
            "tool": "market_data"
          },
          {
            "text": " points. Weaker indicators point the same way."
          }
        ],
        [
          {
            "text": "The following speaks against it. The indicator gives "
          },
          {
            "text": "17.0",
            "tool": "trader_history",
            "tool_call_id": "call-3"
          },
          {
            "text": " points. The indicator gives "
          },
          {
            "text": "13.0",
            "tool": "market_news",
            "tool_call_id": "call-4"
          },
          {
            "text": " points. The indicator gives "
          },
          {
            "text": "5.0",
            "tool": "trader_profile"
          },
          {
            "text": " points."
          }
        ],
        [
          {
            "text": "The alert says "
          },
          {
            "text": "36 hours",
            "tool": "read_alert"
          },
          {
            "text": ", and the data says "
          },
          {
            "text": "18",
            "tool": "market_news",
            "tool_call_id": "call-4"
          },
          {
            "text": ". The nearest precedent is “An analyst bought more than usual before a ruling”, alike to "
          },
          {
            "text": "73",
            "tool": "evaluation"
          },
          {
            "text": " of "
          },
          {
            "text": "100",
            "tool": "evaluation"
          },
          {
            "text": "; a person reviewed it."
          }
        ]
      ],
      "similar_precedent": {
        "id": "P-IT-3",
        "title": "An analyst bought more than usual before a ruling",
        "determination": "NEEDS_HUMAN_REVIEW",
        "similarity": 73,
        "reasoning": "Public and private reasons were equally likely, until compliance found no clearance.",
        "runner_up": {
          "id": "P-IT-6",
          "title": "Monthly purchases went on up to a surprise bid",
          "determination": "CLOSE",
          "similarity": 32,
          "reasoning": "The purchases were as regular and as large as in the months before."
        }
      },
      "data_gaps": [],
      "mismatches": [
        "The alert says 36 hours, and the data says 18."
      ],
      "hard_flags": [],
      "regulatory_flags": [
        "MAR Articles 8 and 14: insider dealing",
        "MAR Article 9: legitimate behaviour",
        "US Exchange Act section 10(b), rule 10b-5: fraud in connection with a security",
        "MAR Article 16(2): report of a suspicion without delay"
      ],
      "score": {
        "suspicion_points": 126.0000,
        "mitigation_points": 35.0000,
        "doubt_points": 12.0000,
        "mandatory_gaps": 0
      },
      "evidence": [
        {
          "indicator": "I4",
          "title": "Title of suspicion",
          "side": "suspicion",
          "weight": 15.0000,
          "strength": 0.8000,
          "raw_points": 12.0000,
          "points": 12.0000,
          "defeated_by": [],
          "factor": 1.0000,
          "tool": "trader_history",
          "tool_call_id": "call-3",
          "statement": "The order was 4.2 times the usual size of the trader.",
          "inputs": [
            {
              "name": "trades",
              "value": 48,
              "text": "48"
            },
            {
              "name": "ratio",
              "value": 4.2,
              "text": "4.2"
            },
            {
              "name": "limit",
              "value": null,
              "text": "not known"
            },
            {
              "name": "price",
              "value": 12.3450,
              "text": "12.3450"
            },
            {
              "name": "value",
              "value": 1234567.89,
              "text": "1,234,567.89"
            },
            {
              "name": "day",
              "value": "2026-03-02",
              "text": "2026-03-02"
            },
            {
              "name": "first",
              "value": "2026-11-22T09:30:00.000Z",
              "text": "2026-11-22T09:30:00.000Z"
            },
            {
              "name": "cleared",
              "value": false,
              "text": "no"
            },
            {
              "name": "sector",
              "value": "Energy",
              "text": "Energy"
            }
          ],
          "figures": [
            "E2"
          ]
        },
        {
          "indicator": "I7",
          "title": "Title of suspicion",
          "side": "suspicion",
          "weight": 12.0000,
          "strength": 0.7500,
          "raw_points": 9.0000,
          "points": 9.0000,
          "defeated_by": [],
          "factor": 1.0000,
          "tool": "market_news",
          "tool_call_id": "call-4",
          "statement": "It came 18 hours before the news of 2026-03-03.",
          "inputs": [],
          "figures": [
            "E1"
          ]
        },
        {
          "indicator": "I8",
          "title": "Title of suspicion",
          "side": "suspicion",
          "weight": 10.0000,
          "strength": 0.8000,
          "raw_points": 8.0000,
          "points": 8.0000,
          "defeated_by": [],
          "factor": 1.0000,
          "tool": "market_data",
          "tool_call_id": null,
          "statement": "The indicator gives 8.0 points.",
          "inputs": [],
          "figures": [
            "E1"
          ]
        },
        {
          "indicator": "I9",
          "title": "Title of suspicion",
          "side": "suspicion",
          "weight": 10.0000,
          "strength": 0.9000,
          "raw_points": 9.0000,
          "points": 9.0000,
          "defeated_by": [],
          "factor": 1.0000,
          "tool": "market_data",
          "tool_call_id": null,
          "statement": "The indicator gives 9.0 points.",
          "inputs": [],
          "figures": []
        },
        {
          "indicator": "I11",
          "title": "Title of suspicion",
          "side": "suspicion",
          "weight": 12.0000,
          "strength": 0.6667,
          "raw_points": 8.0000,
          "points": 8.0000,
          "defeated_by": [],
          "factor": 1.0000,
          "tool": "market_news",
          "tool_call_id": "call-4",
          "statement": "No news of the 14 days before points that way.",
          "inputs": [],
          "figures": []
        },
        {
          "indicator": "M1",
          "title": "Title of mitigation",
          "side": "mitigation",
          "weight": 20.0000,
          "strength": 0.8500,
          "raw_points": 17.0000,
          "points": 17.0000,
          "defeated_by": [],
          "factor": 1.0000,
          "tool": "trader_history",
          "tool_call_id": "call-3",
          "statement": "The indicator gives 17.0 points.",
          "inputs": [],
          "figures": []
        },
        {
          "indicator": "M4",
          "title": "Title of mitigation",
          "side": "mitigation",
          "weight": 20.0000,
          "strength": 0.6500,
          "raw_points": 13.0000,
          "points": 13.0000,
          "defeated_by": [],
          "factor": 1.0000,
          "tool": "market_news",
          "tool_call_id": "call-4",
          "statement": "The indicator gives 13.0 points.",
          "inputs": [],
          "figures": []
        },
        {
          "indicator": "M6",
          "title": "Title of mitigation",
          "side": "mitigation",
          "weight": 15.0000,
          "strength": 0.3333,
          "raw_points": 5.0000,
          "points": 5.0000,
          "defeated_by": [],
          "factor": 1.0000,
          "tool": "trader_profile",
          "tool_call_id": null,
          "statement": "The indicator gives 5.0 points.",
          "inputs": [],
          "figures": []
        },
        {
          "indicator": "preclearance",
          "title": "Clearance beforehand",
          "side": "suspicion",
          "weight": 80.0000,
          "strength": 1.0000,
          "raw_points": 80.0000,
          "points": 80.0000,
          "defeated_by": [],
          "factor": 1.0000,
          "tool": "human_input",
          "tool_call_id": null,
          "statement": "The trade had not been cleared beforehand, or the clearance had been refused. So j.okafor has answered.",
          "inputs": [
            {
              "name": "answer",
              "value": "no_or_denied",
              "text": "no_or_denied"
            },
            {
              "name": "by",
              "value": "j.okafor",
              "text": "j.okafor"
            },
            {
              "name": "at",
              "value": "2026-11-22T09:30:00.000Z",
              "text": "2026-11-22T09:30:00.000Z"
            }
          ],
          "figures": []
        }
      ],
      "defeats": [],
      "human_input": [
        {
          "question_id": "preclearance",
          "question": "Did compliance clear this trade before it was made?",
          "answer": "no_or_denied",
          "by": "j.okafor",
          "at": "2026-11-22T09:30:00.000Z"
        }
      ],
      "trader_baseline_analysis": {
        "typical_volume": "A median of 1,200 shares.",
        "typical_sectors": "Energy and utilities.",
        "typical_frequency": "Four trades a month.",
        "deviation_assessment": "Far above the usual size."
      },
      "market_context": {
        "news_timeline": [
          {
            "time": "2026-11-22T09:30:00.000Z",
            "source": "Wire",
            "headline": "Halden ruling is due",
            "category": "material",
            "direction": 1,
            "scheduled": true
          }
        ],
        "volatility_assessment": "Usual.",
        "peer_activity_summary": "Peers bought as well."
      }
    }
    """#
}
