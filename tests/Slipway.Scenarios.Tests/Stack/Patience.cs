using System.Diagnostics;

namespace Slipway.Scenarios.Tests.Stack;

/// <summary>Waits for conditions, never for a length of time.</summary>
public static class Patience
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(25);

    /// <summary>Asks until the answer is not null. <paramref name="what"/> completes "waited in vain until".</summary>
    public static async Task<T> UntilAsync<T>(string what, Func<Task<T?>> ask, TimeSpan? atMost = null, Func<string>? evidence = null)
        where T : class
    {
        var limit = atMost ?? TimeSpan.FromSeconds(30);
        var clock = Stopwatch.StartNew();
        Exception? last = null;
        while (clock.Elapsed < limit)
        {
            try
            {
                if (await ask() is { } answer)
                    return answer;
                last = null;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
            {
                last = e;
            }

            await Task.Delay(Between, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"Waited {limit.TotalSeconds:0} s in vain until {what}. {last?.Message}\n{evidence?.Invoke()}");
    }

    public static Task UntilAsync(string what, Func<Task<bool>> ask, TimeSpan? atMost = null, Func<string>? evidence = null) =>
        UntilAsync<object>(what, async () => await ask() ? what : null, atMost, evidence);
}
