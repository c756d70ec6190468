namespace Slipway.Contracts.Services;

/// <summary>How a deployment is judged by what its instances measure, and what follows.</summary>
public sealed record VerdictDefinition
{
    /// <summary>False: deployments are not judged.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>What a deployment does after a batch while too little is known.</summary>
    public WhenInconclusive Inconclusive { get; set; } = WhenInconclusive.Continue;

    /// <summary>How long it waits for an answer after a batch, where it waits.</summary>
    public Duration Patience { get; set; } = Duration.FromSeconds(600);

    /// <summary>For so long after its end a deployment is still judged, and taken back when it fails. 0s: it is not.</summary>
    public Duration Watch { get; set; } = Duration.FromSeconds(600);

    /// <summary>How long after its start an instance is not looked at.</summary>
    public Duration WarmUp { get; set; } = Duration.FromSeconds(60);

    /// <summary>True: judged and shown, but nothing is stopped or taken back.</summary>
    public bool DryRun { get; set; }

    /// <summary>Signals that are not judged, for example disk or metric:queue_depth.</summary>
    public IReadOnlyList<string> Ignore { get; set; } = [];
}
