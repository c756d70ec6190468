namespace Slipway.Cli.Tests;

internal static class Until
{
    /// <summary>Waits for a condition, not for a time; gives up after long enough for the slowest machine.</summary>
    public static async Task TrueAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
            await Task.Delay(10, patience.Token);
    }
}
