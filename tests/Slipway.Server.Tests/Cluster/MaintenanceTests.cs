using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Ids;
using Slipway.Server.Access;
using Slipway.Server.Deployments;
using Slipway.Server.Tests.Instances;
using Slipway.Server.Tests.Versions;
using Slipway.Server.Versions;

namespace Slipway.Server.Tests.Cluster;

/// <summary>Everything a server keeps goes from SQLite to PostgreSQL and back, by what an operator types.</summary>
public sealed class MaintenanceTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("slipway-maintenance-");

    [Fact]
    public async Task A_backup_of_a_running_server_is_restored_and_serves_the_same()
    {
        var (file, token) = (Uploaded.Random(2_500_000), "");
        ArtifactDigest digest;
        await using (var server = await TestServer.StartAsync())
        {
            digest = await FillAsync(server, file);
            token = server.AdminToken;
            Assert.Contains("1 artifacts", await RunAsync(server, "backup", In("backup")), StringComparison.Ordinal);
        }

        await using var restored = await RestoreAsync("restored", "restore", In("backup"));
        restored.UseToken(token);
        await IsTheSameAsync(restored, digest, file);
    }

    [Fact]
    public async Task A_data_directory_is_imported_into_PostgreSQL_with_everything_and_a_backup_of_that_is_a_data_directory_again()
    {
        var (file, token, data) = (Uploaded.Random(2_500_000), "", In("data"));
        ArtifactDigest digest;
        string authority;
        await using (var server = await TestServer.StartOnSqliteAsync(data))
        {
            digest = await FillAsync(server, file);
            token = server.AdminToken;
            authority = server.Get<CertificateAuthority>().Fingerprint;
            var (code, message) = await TryAsync("import", data, TestServer.DatabaseArgument, await DatabaseAsync(), "--Slipway:DataDirectory", In("other"));
            Assert.Equal(2, code);
            Assert.Contains("Another slipway-server uses", message, StringComparison.Ordinal);
        }

        var database = await DatabaseAsync();
        Assert.Contains("rows", await MustAsync("import", data, TestServer.DatabaseArgument, database, "--Slipway:DataDirectory", In("node")), StringComparison.Ordinal);
        await using (var node = await TestServer.StartAsync(adjust: null, TestServer.DatabaseArgument, database))
        {
            node.UseToken(token);
            await IsTheSameAsync(node, digest, file);
            Assert.Equal(authority, node.Get<CertificateAuthority>().Fingerprint);
            await node.Http.AppliedAsync("service: later\nrun: ./it\n");
            await RunAsync(node, "backup", In("again"));
        }

        await using var single = await TestServer.StartOnSqliteAsync(In("again"));
        single.UseToken(token);
        await IsTheSameAsync(single, digest, file);
        Assert.Equal(authority, single.Get<CertificateAuthority>().Fingerprint);
        Assert.True((await single.Http.GetAsync("/api/v1/services/later")).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Nothing_is_ever_overwritten()
    {
        var database = await DatabaseAsync();
        await using var node = await TestServer.StartAsync(adjust: null, TestServer.DatabaseArgument, database);
        await RunAsync(node, "backup", In("backup"));

        var (code, message) = await TryAsync("backup", In("backup"), TestServer.DatabaseArgument, database, "--Slipway:DataDirectory", In("a"));
        Assert.Equal((2, true), (code, message.Contains("is not empty", StringComparison.Ordinal)));
        (code, message) = await TryAsync("restore", In("backup"), TestServer.DatabaseArgument, database, "--Slipway:DataDirectory", In("b"));
        Assert.Equal((2, true), (code, message.Contains("in use by Slipway already", StringComparison.Ordinal)));
        (code, message) = await TryAsync("restore", In("nowhere"), "--Slipway:DataDirectory", In("c"));
        Assert.Equal((2, true), (code, message.Contains("There is no backup", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Migrating_twice_says_that_there_was_nothing_to_do()
    {
        var database = await DatabaseAsync();
        Assert.Contains("up to date now", await MustAsync("migrate", TestServer.DatabaseArgument, database, "--Slipway:DataDirectory", In("m")), StringComparison.Ordinal);
        Assert.Equal("The database is up to date.\n", await MustAsync("migrate", TestServer.DatabaseArgument, database, "--Slipway:DataDirectory", In("m")));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string In(string name) => Path.Combine(folder.FullName, name);

    private static async Task<string> DatabaseAsync() => await (await TestDatabases.PostgresAsync()).CreateDatabaseAsync();

    private async Task<TestServer> RestoreAsync(string name, string verb, string from)
    {
        await MustAsync(verb, from, "--Slipway:DataDirectory", In(name));
        return await TestServer.StartOnSqliteAsync(In(name));
    }

    /// <summary>Against the running server's own data.</summary>
    private static Task<string> RunAsync(TestServer server, string verb, string directory) => MustAsync([verb, directory, .. server.DataArguments]);

    private static async Task<string> MustAsync(params string[] arguments)
    {
        var (code, message) = await TryAsync(arguments);
        Assert.True(code == 0, message);
        return message;
    }

    private static async Task<(int Code, string Message)> TryAsync(params string[] arguments)
    {
        using var written = new StringWriter();
        return (await SlipwayServer.RunAsync(arguments, written, written), written.ToString());
    }

    private static async Task<ArtifactDigest> FillAsync(TestServer server, byte[] file)
    {
        await server.PublishAsync();
        await server.RunsAsync(FleetSetup.V1);
        await using var agent = await FakeAgent.JoinAsync(server, "web-1", "production", "checkout");
        await server.StoreAsync(Event("created", "ünï \"c\""));
        return await server.Http.UploadAsync(file);
    }

    private static async Task IsTheSameAsync(TestServer server, ArtifactDigest digest, byte[] file)
    {
        Assert.True((await server.Http.GetAsync("/api/v1/targets/checkout/production")).IsSuccessStatusCode);
        Assert.True((await server.Http.GetAsync("/api/v1/instances/web-1")).IsSuccessStatusCode);
        Assert.Equal(file, await server.Http.GetByteArrayAsync($"/api/v1/artifacts/{digest}/content"));
        Assert.Equal(file.Length, await server.Get<IArtifactStore>().SizeOfAsync(digest, CancellationToken.None));
        Assert.Equal("ünï \"c\"", (await server.ReadAsync(db => db.Set<EventRow>().SingleAsync(row => row.Type == "created"))).Message);

        // The next event gets a number of its own.
        await server.StoreAsync(Event("other", ""));
        await server.ChangeAsync(db => db.Set<EventRow>().Where(row => row.Type == "other").ExecuteDeleteAsync());
    }

    private static EventRow Event(string type, string message) => new()
    {
        Deployment = DeploymentId.New(),
        Sequence = 1,
        Service = FleetSetup.Target.Service,
        Environment = FleetSetup.Target.Environment,
        Type = type,
        Message = message,
        Fact = "{}",
    };
}
