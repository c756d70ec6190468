namespace Slipway.Agent.Convergence;

/// <summary>state.json: what this instance was told and how far it got.</summary>
internal sealed record AgentState
{
    public IReadOnlyDictionary<string, ServiceRecord> Services { get; init; } = new Dictionary<string, ServiceRecord>();
}
