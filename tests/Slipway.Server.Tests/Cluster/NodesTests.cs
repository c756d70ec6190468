using System.Net;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Slipway.Server.Access;
using Slipway.Server.Cluster;
using Slipway.Server.Instances.Broker;
using Slipway.Server.Tests.Instances;
using Slipway.Server.Tests.Versions;
using Slipway.Server.Versions;

namespace Slipway.Server.Tests.Cluster;

/// <summary>Nodes find each other through the database alone, and share all that a user can notice.</summary>
public sealed class NodesTests
{
    [Fact]
    public async Task Nodes_that_start_at_the_same_moment_on_an_empty_database_form_one_cluster()
    {
        var database = await (await TestDatabases.PostgresAsync()).CreateDatabaseAsync();
        var started = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => TestServer.StartAsync(adjust: null, TestServer.DatabaseArgument, database)));
        try
        {
            await TestNodes.UntilAsync(() => started.All(one => started.All(other => one.Get<ICluster>().IsAlive(other.Get<ICluster>().Me))));
            Assert.Single(started, node => node.Get<ICluster>().IsLead);
            Assert.Single(started.Select(node => node.Get<Installation>().ServerId).Distinct());
        }
        finally
        {
            foreach (var node in started)
                await node.DisposeAsync();

            await TestDatabases.DropAsync(database);
        }
    }

    [Fact]
    public async Task Another_node_leads_when_the_one_that_led_is_gone()
    {
        await using var nodes = await TestNodes.StartAsync();
        var lead = nodes[0].Get<ICluster>().IsLead ? nodes[0] : nodes[1];
        var other = lead == nodes[0] ? nodes[1] : nodes[0];
        Assert.False(other.Get<ICluster>().IsLead);

        await nodes.RemoveAsync(lead);
        await TestNodes.UntilAsync(() => other.Get<ICluster>().IsLead);
    }

    [Fact]
    public async Task Tokens_keys_and_the_authority_are_the_same_on_every_node()
    {
        await using var nodes = await TestNodes.StartAsync();
        var (first, second) = (nodes[0], nodes[1]);

        using var who = await second.Http.GetAsync("/api/v1/whoami");
        Assert.Equal(HttpStatusCode.OK, who.StatusCode);
        Assert.Equal(first.Get<CertificateAuthority>().Fingerprint, second.Get<CertificateAuthority>().Fingerprint);
        Assert.Equal(first.Get<BrokerKey>().Public, second.Get<BrokerKey>().Public);
        var secret = first.Get<IDataProtectionProvider>().CreateProtector("test").Protect("hidden");
        Assert.Equal("hidden", second.Get<IDataProtectionProvider>().CreateProtector("test").Unprotect(secret));
    }

    [Fact]
    public async Task With_a_secret_set_the_keys_in_the_database_are_closed_and_a_node_without_it_does_not_start()
    {
        const string setting = "--Slipway:Cluster:Secret=correct horse battery staple";
        await using var nodes = await TestNodes.StartAsync(count: 1, setting);
        _ = nodes[0].Get<CertificateAuthority>().Fingerprint;
        var rows = await nodes[0].ReadAsync(db => db.Set<KeyRow>().ToListAsync());
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.DoesNotContain("PRIVATE KEY", Encoding.UTF8.GetString(row.Content), StringComparison.Ordinal));

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => nodes.AddAsync());
        Assert.Contains("Slipway:Cluster:Secret", Whole(refused), StringComparison.Ordinal);
        refused = await Assert.ThrowsAnyAsync<Exception>(() => nodes.AddAsync(null, "--Slipway:Cluster:Secret=wrong horse battery staple"));
        Assert.Contains("another Slipway:Cluster:Secret", Whole(refused), StringComparison.Ordinal);
        await nodes.AddAsync(null, setting);

        static string Whole(Exception e) => e.ToString();
    }

    [Fact]
    public async Task A_file_that_was_uploaded_to_one_node_is_downloaded_from_another()
    {
        await using var nodes = await TestNodes.StartAsync();
        var content = Uploaded.Random(3_000_000);
        var digest = await nodes[0].Http.UploadAsync(content);

        Assert.Equal(content.Length, await nodes[1].Get<IArtifactStore>().SizeOfAsync(digest, CancellationToken.None));
        Assert.Equal(content, await nodes[1].Http.GetByteArrayAsync($"/api/v1/artifacts/{digest}/content"));
    }

    [Fact]
    public async Task What_changes_on_one_node_is_told_to_whoever_follows_another()
    {
        await using var nodes = await TestNodes.StartAsync();
        using var stream = await nodes[1].Http.GetStreamAsync("/api/v1/changes");
        using var reader = new StreamReader(stream);
        var told = Task.Run(async () =>
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line.Contains("\"services\"", StringComparison.Ordinal))
                    return line;
            }

            return null;
        });

        // Again and again, because nobody says when the stream has begun.
        await TestNodes.UntilAsync(async () =>
        {
            await nodes[0].Http.AppliedAsync($"service: s{Random.Shared.Next(100_000)}\nrun: ./it\n");
            return told.IsCompleted;
        });
        Assert.NotNull(await told);
    }
}
