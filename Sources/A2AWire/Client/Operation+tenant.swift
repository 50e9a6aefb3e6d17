import A2A

extension Operation {
  /// The same for a tenant: the one that the card names for its interface, exactly, or none.
  func with(tenant: String?) -> Operation {
    switch self {
    case .sendMessage(let request): .sendMessage(Self.changing(request) { $0.tenant = tenant })
    case .sendStreamingMessage(let request): .sendStreamingMessage(Self.changing(request) { $0.tenant = tenant })
    case .getTask(let request): .getTask(Self.changing(request) { $0.tenant = tenant })
    case .listTasks(let request): .listTasks(Self.changing(request) { $0.tenant = tenant })
    case .cancelTask(let request): .cancelTask(Self.changing(request) { $0.tenant = tenant })
    case .subscribeToTask(let request): .subscribeToTask(Self.changing(request) { $0.tenant = tenant })
    case .createPushConfig(let request): .createPushConfig(Self.changing(request) { $0.tenant = tenant })
    case .getPushConfig(let request): .getPushConfig(Self.changing(request) { $0.tenant = tenant })
    case .listPushConfigs(let request): .listPushConfigs(Self.changing(request) { $0.tenant = tenant })
    case .deletePushConfig(let request): .deletePushConfig(Self.changing(request) { $0.tenant = tenant })
    case .getExtendedCard(let request): .getExtendedCard(Self.changing(request) { $0.tenant = tenant })
    }
  }

  private static func changing<Request>(_ request: Request, _ change: (inout Request) -> Void) -> Request {
    var request = request
    change(&request)
    return request
  }
}
