using Slipway.Contracts.Deployments;

namespace Slipway.Cli.Tests.Fake;

/// <summary>A deployment that was written down beforehand.</summary>
internal sealed record FakeDeployment(Deployment Begin, Deployment End, IReadOnlyList<DeploymentEvent> Events)
{
    /// <summary>Sent before the event of that number.</summary>
    public IReadOnlyDictionary<long, IReadOnlyList<InstanceProgress>> Instances { get; init; } =
        new Dictionary<long, IReadOnlyList<InstanceProgress>>();

    /// <summary>True: never finishes.</summary>
    public bool Hangs { get; init; }
}
