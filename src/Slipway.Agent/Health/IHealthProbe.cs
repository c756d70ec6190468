namespace Slipway.Agent.Health;

/// <summary>One question about a service's health. The answer "no" is a value; only cancellation is thrown.</summary>
internal interface IHealthProbe
{
    /// <summary>The shortest pause between two questions while the service starts.</summary>
    TimeSpan ShortestPause => TimeSpan.FromMilliseconds(20);

    Task<ProbeAnswer> AskAsync(TimeSpan timeout, CancellationToken cancellation);
}
