namespace Slipway.Server.Checks.Declared.Kinds;

/// <summary>When a canary is judged: at the end of every interval, and of its lifetime. Pure.</summary>
internal static class CanaryIntervals
{
    /// <param name="done">How many are over.</param>
    public static DateTimeOffset End(DateTimeOffset started, TimeSpan lifetime, TimeSpan interval, int done)
    {
        var end = interval * (done + 1);
        return started + (end < lifetime ? end : lifetime);
    }
}
