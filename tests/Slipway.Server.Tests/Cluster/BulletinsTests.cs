using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Slipway.Server.Cluster;

namespace Slipway.Server.Tests.Cluster;

public sealed class BulletinsTests
{
    [Fact]
    public void A_node_that_has_not_heard_the_others_for_five_seconds_is_not_ready()
    {
        var clock = new FakeTimeProvider();
        using var bulletins = new Bulletins(new NpgsqlConnectionStringBuilder(), new NodeIdentity(), [], clock, NullLogger<Bulletins>.Instance);
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(bulletins.WhyNot);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("This node does not hear what other nodes change.", bulletins.WhyNot);
    }
}
