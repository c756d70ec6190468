namespace Slipway.Agent.Preparing;

/// <summary>Ends a preparation with a stable code and a sentence. Becomes a <see cref="PrepareOutcome.Failed"/> at the edge.</summary>
internal sealed class PrepareException(string code, string reason, IReadOnlyList<string>? evidence = null) : Exception(reason)
{
    public string Code { get; } = code;

    public IReadOnlyList<string> Evidence { get; } = evidence ?? [];
}
