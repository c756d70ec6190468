namespace Slipway.Agent.Tests.Fakes;

internal static class Eventually
{
    /// <summary>Waits for a condition that nothing announces.</summary>
    public static async Task HoldsAsync(Func<bool> condition)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
            await Task.Delay(10, timeout.Token);
    }
}
