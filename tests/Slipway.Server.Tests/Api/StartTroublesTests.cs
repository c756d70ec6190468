using System.Net.Sockets;
using Npgsql;
using Slipway.Server.Api;
using Slipway.Server.Persistence;

namespace Slipway.Server.Tests.Api;

public sealed class StartTroublesTests
{
    [Fact]
    public void A_database_that_goes_away_during_the_start_is_not_taken_for_an_address_that_is_in_use()
    {
        var (sentence, exitCode) = StartTroubles.Explain(new InvalidOperationException("transient", new NpgsqlException("Failed to connect", new SocketException(111))))!.Value;
        Assert.StartsWith("The database cannot be reached.", sentence, StringComparison.Ordinal);
        Assert.Equal(1, exitCode);
        Assert.StartsWith("The database is stopping or starting.", StartTroubles.Explain(new PostgresException("x", "FATAL", "FATAL", "57P01"))!.Value.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_and_a_setting_are_the_operators_and_all_else_is_a_fault()
    {
        var (sentence, exitCode) = StartTroubles.Explain(new IOException("Failed to bind to address", new SocketException(98)))!.Value;
        Assert.Contains("--urls", sentence, StringComparison.Ordinal);
        Assert.Equal(2, exitCode);
        Assert.Equal(("no", 2), StartTroubles.Explain(new StartRefusedException("no")));
        Assert.Null(StartTroubles.Explain(new InvalidOperationException()));
    }
}
