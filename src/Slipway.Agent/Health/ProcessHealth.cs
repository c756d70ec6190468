namespace Slipway.Agent.Health;

/// <summary>Healthy as long as it runs; that it ended is noticed without being asked.</summary>
internal sealed class ProcessHealth : IHealthProbe
{
    public Task<ProbeAnswer> AskAsync(TimeSpan timeout, CancellationToken cancellation) =>
        Task.FromResult<ProbeAnswer>(ProbeAnswer.Healthy.Instance);
}
