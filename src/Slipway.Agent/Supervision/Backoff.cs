using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Supervision;

/// <summary>How long to wait before the next start: doubles with every crash, begins anew after a run that lasted.</summary>
internal sealed class Backoff
{
    public static readonly TimeSpan LastedWhen = TimeSpan.FromMinutes(1);

    private readonly TimeSpan initial;
    private readonly TimeSpan maximum;
    private TimeSpan next;

    public Backoff(TimeSpan initial, TimeSpan maximum) => (this.initial, this.maximum, next) = (initial, maximum, initial);

    public static Backoff Of(Restarts? restarts)
    {
        var initial = restarts is { InitialDelayMs: > 0 } ? restarts.InitialDelayMs : 500;
        var maximum = restarts is { MaximumDelayMs: > 0 } ? restarts.MaximumDelayMs : 30_000;
        return new(TimeSpan.FromMilliseconds(initial), TimeSpan.FromMilliseconds(Math.Max(initial, maximum)));
    }

    /// <param name="ranFor">How long the run that ended now had lasted.</param>
    public TimeSpan Next(TimeSpan ranFor)
    {
        if (ranFor >= LastedWhen)
            next = initial;

        var delay = next;
        next = next * 2 < maximum ? next * 2 : maximum;
        return delay;
    }
}
