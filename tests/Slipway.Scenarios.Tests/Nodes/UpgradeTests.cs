using Slipway.Scenarios.Tests.Transports;

namespace Slipway.Scenarios.Tests.Nodes;

/// <summary>A newer node has migrated the database while older ones work on it.</summary>
public sealed class UpgradeTests : OnNodes
{
    /// <summary>What the next version may do to the schema: more columns, more tables, never less.</summary>
    private const string Next = """
        DO $$
        DECLARE known text;
        BEGIN
          FOR known IN SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> '__EFMigrationsHistory' LOOP
            EXECUTE format('ALTER TABLE %I ADD COLUMN of_the_next integer NOT NULL DEFAULT 0, ADD COLUMN also_of_the_next text', known);
          END LOOP;
          CREATE TABLE table_of_the_next (id integer PRIMARY KEY);
          INSERT INTO "__EFMigrationsHistory" VALUES ('29991231000000_Next', '99.0.0');
        END $$;
        """;

    [Fact]
    public async Task Older_nodes_go_on_beside_it_and_one_that_is_started_again_says_so()
    {
        await using var fleet = await StartAsync();
        var deployment = await BeginAsync(fleet);
        await fleet.Cluster.Database.ExecuteAsync(Next, fleet.Cluster.DatabaseName);
        foreach (var node in fleet.Nodes)
        {
            fleet.SpeakWith(fleet.Cluster.Other(node));
            await node.StopAsync();
            await node.StartAgainAsync();
            Assert.Contains("migrated by a newer Slipway (29991231000000_Next)", node.Output, StringComparison.Ordinal);
        }

        await SucceedsAsync(fleet, deployment);
        await Shop.RunsEverywhereAsync(fleet, "2", atMost: AtMost);
        await fleet.MustAsync("rollback", Shop.Name, "--in", "dev", "--wait");
        await Shop.RunsEverywhereAsync(fleet, "1", atMost: AtMost);
    }
}
