using Slipway.Agent.Supervision;
using Xunit;

namespace Slipway.Agent.Tests.Supervision;

public sealed class BackoffTests
{
    [Fact]
    public void Doubles_up_to_the_maximum()
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30));

        double[] pauses = [.. Enumerable.Range(0, 8).Select(_ => backoff.Next(ranFor: TimeSpan.FromSeconds(1)).TotalSeconds)];

        Assert.Equal([0.5, 1, 2, 4, 8, 16, 30, 30], pauses);
    }

    [Fact]
    public void Begins_anew_after_a_run_that_lasted_a_minute()
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30));
        backoff.Next(TimeSpan.FromSeconds(1));
        backoff.Next(TimeSpan.FromSeconds(1));

        Assert.Equal(TimeSpan.FromSeconds(2), backoff.Next(TimeSpan.FromSeconds(59)));
        Assert.Equal(TimeSpan.FromMilliseconds(500), backoff.Next(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void Has_defaults_where_a_service_says_nothing() =>
        Assert.Equal(TimeSpan.FromMilliseconds(500), Backoff.Of(null).Next(TimeSpan.Zero));
}
