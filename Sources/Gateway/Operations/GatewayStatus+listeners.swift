import JSON
import Telemetry
import Wire

extension GatewayStatus.Listener {
  /// As `/status` and the page of operations show it.
  func write(connections: Int, to list: inout JSONWriter) {
    let now = UnixClock.now()
    list.object { item in
      item.member("name", name.rawValue)
      item.member("url", url)
      item.member("clientCertificates", clientCertificates)
      item.member("connections", connections)
      item.array("certificates") { ends in
        for end in certificates {
          ends.object { object in
            object.member("use", end.use.rawValue)
            object.member("notAfter", RFC3339.text(secondsSince1970: end.notAfter))
            object.member("daysLeft", Int(end.days(at: now).rounded(.down)))
          }
        }
      }
    }
  }
}
