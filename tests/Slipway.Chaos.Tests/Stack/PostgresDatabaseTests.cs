using Slipway.Chaos.Stack;
using Slipway.Postgres;

namespace Slipway.Chaos.Tests.Stack;

public sealed class PostgresDatabaseTests : IDisposable
{
    private readonly string logs = Directory.CreateTempSubdirectory("slipway-chaos-logs-").FullName;

    [Fact]
    public async Task A_database_that_was_killed_and_one_that_was_stopped_come_back_with_what_was_stored()
    {
        Assert.SkipUnless(PostgresDatabase.IsPossible, "PostgreSQL is not installed.");
        await using var database = await PostgresDatabase.MakeAsync(logs);
        await database.StartAsync();
        await DoAsync(database, "create table kept (number int); insert into kept values (41)");

        await database.KillAsync();
        Assert.NotEqual(0, (await PsqlAsync(database, "select 1")).ExitCode);
        await database.StartAsync();
        await DoAsync(database, "update kept set number = 42");

        await database.StopAsync();
        Assert.NotEqual(0, (await PsqlAsync(database, "select 1")).ExitCode);
        await database.StartAsync();
        Assert.Equal("42", (await DoAsync(database, "select number from kept")).Trim());
    }

    public void Dispose() => Directory.Delete(logs, recursive: true);

    private static async Task<string> DoAsync(PostgresDatabase database, string sql)
    {
        var result = await PsqlAsync(database, sql);
        Assert.True(result.ExitCode == 0, result.Story);
        return result.Output;
    }

    private static Task<CommandResult> PsqlAsync(PostgresDatabase database, string sql)
    {
        var parts = database.Settings["ConnectionStrings__Slipway"].Split(';').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        return Command.RunAsync(Path.Combine(PostgresServer.Programs!, "psql"), ["-h", parts["Host"], "-p", parts["Port"], "-U", parts["Username"], "-d", parts["Database"], "-At", "-c", sql]);
    }
}
