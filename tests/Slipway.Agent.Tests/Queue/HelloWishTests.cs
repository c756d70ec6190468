using Microsoft.Extensions.Time.Testing;
using Slipway.Agent.Queue;
using Xunit;

namespace Slipway.Agent.Tests.Queue;

public sealed class HelloWishTests
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public async Task It_comes_at_once_when_it_is_wanted_at_once()
    {
        var wish = new HelloWish(new Random(1), time);
        var waiting = wish.WaitAsync(CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        wish.Within(TimeSpan.Zero);
        await waiting.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_thousand_agents_that_are_asked_together_answer_spread_out()
    {
        var moments = new List<int>();
        var wishes = Enumerable.Range(0, 1000).Select(seed => new HelloWish(new Random(seed), time)).ToList();
        var waiting = wishes.Select(wish =>
        {
            wish.Within(TimeSpan.FromSeconds(10));
            return wish.WaitAsync(CancellationToken.None);
        }).ToList();
        for (var second = 1; second <= 10; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(Task.WhenAll(waiting), Task.Delay(50));
            moments.Add(waiting.Count(task => task.IsCompleted));
        }

        Assert.Equal(1000, moments[^1]);
        Assert.All(moments.Zip(moments.Prepend(0), (now, before) => now - before), within => Assert.InRange(within, 40, 200));
    }

    [Fact]
    public async Task An_earlier_wish_wins_and_one_that_was_granted_is_over()
    {
        var wish = new HelloWish(new Random(1), time);
        wish.Within(TimeSpan.FromHours(1));
        wish.Within(TimeSpan.Zero);
        await wish.WaitAsync(CancellationToken.None);
        wish.Done();
        Assert.False(wish.WaitAsync(CancellationToken.None).IsCompleted);
    }
}
