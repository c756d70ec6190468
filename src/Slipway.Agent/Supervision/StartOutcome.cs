namespace Slipway.Agent.Supervision;

/// <summary>What came of starting a service. Started does not mean healthy.</summary>
internal abstract record StartOutcome
{
    public sealed record Started(IServiceRun Run) : StartOutcome;

    public sealed record Refused(string Code, string Reason) : StartOutcome;
}
