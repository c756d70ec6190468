using Slipway.Agent.Identity;
using Slipway.Contracts.Agents;
using Slipway.Contracts.Ids;

namespace Slipway.Agent.Commands;

/// <summary>What was asked for on the command line of `join`, checked.</summary>
internal sealed record JoinWish(
    JoinToken Token,
    IReadOnlyList<Uri> Servers,
    EnvironmentName Environment,
    InstanceName Name,
    IReadOnlyList<ServiceName> Services,
    IReadOnlyDictionary<string, string> Labels,
    string? Balancer,
    Transport Transport,
    string? Queue,
    bool AllowPlainHttp);
