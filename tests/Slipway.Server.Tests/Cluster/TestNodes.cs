using Microsoft.AspNetCore.Builder;
using Slipway.Server.Cluster;
using Slipway.Server.Tests.Versions;

namespace Slipway.Server.Tests.Cluster;

/// <summary>Nodes in this process on one real PostgreSQL database, which goes away with them. The first has the administrator's token.</summary>
internal sealed class TestNodes : IAsyncDisposable
{
    private readonly List<TestServer> nodes = [];

    private TestNodes(string database) => Database = database;

    public string Database { get; }

    public TestServer this[int index] => nodes[index];

    public static async Task<TestNodes> StartAsync(int count = 2, params string[] arguments)
    {
        var all = new TestNodes(await (await TestDatabases.PostgresAsync()).CreateDatabaseAsync());
        try
        {
            for (var i = 0; i < count; i++)
                await all.AddAsync(null, arguments);

            await all.KnowEachOtherAsync();
            return all;
        }
        catch
        {
            await all.DisposeAsync();
            throw;
        }
    }

    public async Task<TestServer> AddAsync(Action<WebApplicationBuilder>? adjust = null, params string[] arguments)
    {
        var node = await TestServer.StartAsync(adjust, [TestServer.DatabaseArgument, Database, .. arguments]);
        if (nodes is [var first, ..])
            node.UseToken(first.AdminToken);

        nodes.Add(node);
        return node;
    }

    public async Task RemoveAsync(TestServer node)
    {
        nodes.Remove(node);
        await node.DisposeAsync();
    }

    public Task KnowEachOtherAsync() => UntilAsync(() => nodes.TrueForAll(
        one => nodes.TrueForAll(other => one.Get<ICluster>().IsAlive(other.Get<ICluster>().Me)) && one.Get<Bulletins>().IsListening));

    public static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    public static Task UntilAsync(Func<Task<bool>> condition) => Eventually.TrueAsync(condition);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
            await node.DisposeAsync();

        await TestDatabases.DropAsync(Database);
    }
}
