using System.Diagnostics;

namespace Slipway.Chaos;

/// <summary>Waits for conditions.</summary>
internal static class Patience
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    /// <summary>False: it did not come true in this time. A failed connection is a no.</summary>
    public static async Task<bool> UntilAsync(Func<Task<bool>> ask, TimeSpan atMost, CancellationToken cancellation = default)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < atMost)
        {
            try
            {
                if (await ask())
                    return true;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException or System.Text.Json.JsonException)
            {
                if (cancellation.IsCancellationRequested)
                    return false;
            }

            await Task.Delay(Between, cancellation).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        return false;
    }

    /// <summary>A while that somebody may end.</summary>
    public static Task WaitAsync(TimeSpan time, CancellationToken cancellation) =>
        Task.Delay(time, cancellation).ContinueWith(_ => { }, TaskScheduler.Default);
}
