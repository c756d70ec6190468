using Slipway.Contracts.Services;

namespace Slipway.Server.Services.Format;

/// <summary>How long and how often a check is asked, with what its kind makes of what is not said.</summary>
internal static class CheckDefinitionTimes
{
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan AfterHealthy = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ForPeople = TimeSpan.FromDays(1);

    /// <summary>A day and longer is common for healthy; each look is an event.</summary>
    private const int MostLooks = 500;

    private static readonly TimeSpan UsualInterval = TimeSpan.FromSeconds(10);

    extension(CheckDefinition check)
    {
        /// <summary>At least so long it takes, however good everything is.</summary>
        public TimeSpan Watches => check.Canary?.Lifetime.Time ?? check.Wait?.Time ?? check.PassesFor;

        /// <summary>So long every try must pass.</summary>
        public TimeSpan PassesFor => check.Prometheus?.For.Time ?? check.Logs?.For.Time ?? TimeSpan.Zero;

        public TimeSpan TimeoutOrDefault => check.Timeout?.Time ?? check switch
        {
            { Wait: { } wait } => wait.Time,
            { Healthy: { } healthy } => healthy.For.Time + AfterHealthy,
            { Manual: not null } => ForPeople,
            _ => check.Watches + Usual,
        };

        public TimeSpan IntervalOrDefault => check.Interval?.Time ?? check.Canary?.Lifetime.Time ?? check switch
        {
            { Healthy: not null } when check.TimeoutOrDefault / MostLooks is var pace && pace > UsualInterval => pace,
            _ => UsualInterval,
        };

        /// <summary>Asked again and again, not once.</summary>
        public bool IsTried => check is { Wait: null, Manual: null };
    }
}
