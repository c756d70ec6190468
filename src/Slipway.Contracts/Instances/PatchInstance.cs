using Slipway.Contracts.Ids;

namespace Slipway.Contracts.Instances;

/// <summary>Changes what an instance runs or how it is labelled; what is absent stays.</summary>
public sealed record PatchInstance
{
    public IReadOnlyList<ServiceName>? Services { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}
