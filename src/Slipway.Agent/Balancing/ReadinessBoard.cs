using System.Collections.Concurrent;

namespace Slipway.Agent.Balancing;

/// <summary>What balancers are told, per service.</summary>
internal sealed class ReadinessBoard
{
    private readonly ConcurrentDictionary<string, Readiness> services = new(StringComparer.Ordinal);

    public void Set(string service, Readiness readiness) => services[service] = readiness;

    public void Remove(string service) => services.TryRemove(service, out _);

    /// <summary>A service nobody knows is down.</summary>
    public Readiness Of(string service) => services.GetValueOrDefault(service, Readiness.Down);

    /// <summary>The whole instance is as ready as the least ready of its services; one without services is down.</summary>
    public Readiness OfAll()
    {
        var worst = services.IsEmpty ? Readiness.Down : Readiness.Ready;
        foreach (var (_, readiness) in services)
            worst = readiness > worst ? readiness : worst;
        return worst;
    }
}
