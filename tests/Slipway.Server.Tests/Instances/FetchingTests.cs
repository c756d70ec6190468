using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Slipway.Contracts;
using Slipway.Contracts.Agents;
using Slipway.Contracts.Configuration;
using Slipway.Contracts.Ids;
using Slipway.Server.Configuration;
using Slipway.Server.Versions;

namespace Slipway.Server.Tests.Instances;

public sealed class FetchingTests
{
    [Fact]
    public async Task Secrets_go_only_to_instances_that_run_the_service()
    {
        await using var server = await TestServer.StartAsync();
        await server.PublishAsync();
        var request = new CreateConfigRevision { Secrets = new Dictionary<string, string> { ["PASSWORD"] = "hush" } };
        var created = await server.Get<ConfigStore>().CreateAsync(FleetSetup.Target, request, "test", CancellationToken.None);
        Assert.Null(created.Refusal);
        await using var own = await FakeAgent.JoinAsync(server, "own", "production", "checkout");
        await using var other = await FakeAgent.JoinAsync(server, "other", "production", "billing");
        var path = AgentPaths.Secrets("checkout", 1);

        using var response = await own.SendAsync(HttpMethod.Get, path);
        var secrets = await response.Content.ReadFromJsonAsync(ContractsJson.Default.SecretValues);
        Assert.Equal("hush", secrets!.Values["PASSWORD"]);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.SendAsync(HttpMethod.Get, path)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await own.SendAsync(HttpMethod.Get, AgentPaths.Secrets("checkout", 7))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Http.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task Artifacts_go_only_to_instances_that_run_the_service_whole_or_in_part()
    {
        await using var server = await TestServer.StartAsync();
        await server.PublishAsync();
        var content = RandomNumberGenerator.GetBytes(700_000);
        var digest = ArtifactDigest.Parse(Convert.ToHexStringLower(SHA256.HashData(content)));
        await File.WriteAllBytesAsync(server.Get<Arriving>().Path(digest), content);
        await server.Get<IArtifactStore>().AdoptAsync(digest);
        await server.StoreAsync(new VersionRow { Service = FleetSetup.Target.Service, Version = VersionName.Parse("3"), Artifact = digest, DefinitionRevision = 1 });
        await using var own = await FakeAgent.JoinAsync(server, "own", "production", "checkout");
        await using var other = await FakeAgent.JoinAsync(server, "other", "production", "billing");
        var path = AgentPaths.Artifact(digest.Value);

        using var whole = await own.SendAsync(HttpMethod.Get, path);
        Assert.Equal(content, await whole.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await other.SendAsync(HttpMethod.Get, path)).StatusCode);

        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Authorization", own.Sign("GET", path));
        request.Headers.Range = new(400_000, null);
        using var rest = await server.Anonymous.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, rest.StatusCode);
        Assert.Equal(content[400_000..], await rest.Content.ReadAsByteArrayAsync());
    }
}
