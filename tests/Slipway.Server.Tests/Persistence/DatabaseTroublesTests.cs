using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Slipway.Server.Persistence;

namespace Slipway.Server.Tests.Persistence;

public sealed class DatabaseTroublesTests
{
    [Theory]
    [InlineData("53300", "The database has no connection left for this node.")]
    [InlineData("53100", "The disk of the database is full.")]
    [InlineData("57P03", "The database is stopping or starting.")]
    [InlineData("25006", "The database is a standby, or has been made read-only.")]
    [InlineData("28P01", "The database refuses this node's name or password.")]
    [InlineData("42601", "The database does not answer.")]
    public void What_PostgreSQL_says_is_told_in_words_and_never_in_its_own(string sqlState, string words)
    {
        var said = new PostgresException("secret", "FATAL", "FATAL", sqlState);
        Assert.Equal(words, DatabaseTroubles.Explain(said));
        Assert.Equal(words, DatabaseTroubles.Explain(new DbUpdateException("outside", said)));
    }

    [Fact]
    public void Silence_is_told_apart_from_absence()
    {
        Assert.Equal("The database answers too slowly.", DatabaseTroubles.Explain(new NpgsqlException("x", new TimeoutException())));
        Assert.Equal("The database answers too slowly.", DatabaseTroubles.Explain(new OperationCanceledException()));
        Assert.Equal("The database cannot be reached.", DatabaseTroubles.Explain(new NpgsqlException("x", new SocketException(111))));
        Assert.Equal("All of this node's connections to the database are busy.", DatabaseTroubles.Explain(new NpgsqlException("The connection pool has been exhausted, either raise …")));
    }

    [Fact]
    public void What_was_not_the_database_is_not_put_down_to_it()
    {
        Assert.Null(DatabaseTroubles.ExplainIfDatabase(new TimeoutException("a grain")));
        Assert.Null(DatabaseTroubles.ExplainIfDatabase(new HttpRequestException("a bucket", new SocketException(111))));
        Assert.Equal("The database cannot be reached.", DatabaseTroubles.ExplainIfDatabase(new DbUpdateException("outside", new NpgsqlException("x", new SocketException(111)))));
    }
}
