using Slipway.Contracts.Services;

namespace Slipway.Contracts.Verdicts;

/// <summary>What is to be different from how a target's deployments are judged. What is absent stays as it is.</summary>
public sealed record ReplayRules
{
    /// <summary>How long after its start an instance is not looked at.</summary>
    public Duration? WarmUp { get; init; }

    /// <summary>Signals that are not judged.</summary>
    public IReadOnlyList<string>? Ignore { get; init; }

    /// <summary>For so long after its end a deployment is judged, as far as its signals are kept.</summary>
    public Duration? Watch { get; init; }

    /// <summary>fail: one that has no good answer when patience is over is stopped.</summary>
    public WhenInconclusive? Inconclusive { get; init; }

    /// <summary>How long an answer is waited for.</summary>
    public Duration? Patience { get; init; }

    /// <summary>As a whole.</summary>
    public VerdictDefinition Over(VerdictDefinition usual) => usual with
    {
        WarmUp = WarmUp ?? usual.WarmUp,
        Ignore = Ignore ?? usual.Ignore,
        Watch = Watch ?? usual.Watch,
        Inconclusive = Inconclusive ?? usual.Inconclusive,
        Patience = Patience ?? usual.Patience,
    };
}
