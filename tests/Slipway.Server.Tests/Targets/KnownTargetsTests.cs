using System.Net;
using Slipway.Contracts.Targets;
using Slipway.Server.Tests.Instances;
using Slipway.Server.Tests.Versions;

namespace Slipway.Server.Tests.Targets;

/// <summary>Where a service can be deployed is seen before anybody has.</summary>
[OnBothDatabases]
public sealed class KnownTargetsTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private TestServer Server => shared.Server;

    [Fact]
    public async Task An_instance_that_joins_makes_the_targets_of_its_services()
    {
        await Server.Http.AppliedAsync("service: early\nrun: ./a\n");
        await using var agent = await FakeAgent.JoinAsync(Server, "early-1", "known-a", "early", "nobody-described-it");
        Assert.Null((await TargetAsync("early", "known-a")).Version);
        Assert.Equal(HttpStatusCode.NotFound, (await Server.Http.GetAsync("/api/v1/targets/nobody-described-it/known-a")).StatusCode);
    }

    [Fact]
    public async Task A_service_that_is_described_later_finds_the_instances_that_wait_for_it()
    {
        await using var agent = await FakeAgent.JoinAsync(Server, "late-1", "known-b", "late");
        await Server.Http.AppliedAsync("service: late\nrun: ./a\n");
        Assert.Equal(1, (await TargetAsync("late", "known-b")).Instances.Total);
    }

    [Fact]
    public async Task An_instance_that_takes_another_service_makes_its_target()
    {
        await Server.Http.AppliedAsync("service: added\nrun: ./a\n");
        await using var agent = await FakeAgent.JoinAsync(Server, "added-1", "known-c", "other");
        await Server.Http.SendJsonAsync(HttpMethod.Patch, "/api/v1/instances/added-1", """{"services":["other","added"]}""");
        Assert.Equal(1, (await TargetAsync("added", "known-c")).Instances.Total);
    }

    [Fact]
    public async Task A_mistyped_environment_can_be_deleted_once_its_instances_are_gone()
    {
        await Server.Http.AppliedAsync("service: moved\nrun: ./a\n");
        await using var agent = await FakeAgent.JoinAsync(Server, "moved-1", "prodcution", "moved");
        await Server.Http.DeleteAsync("/api/v1/instances/moved-1");
        Assert.Equal(HttpStatusCode.NoContent, (await Server.Http.DeleteAsync("/api/v1/environments/prodcution")).StatusCode);
    }

    [Fact]
    public async Task A_target_that_somebody_named_or_used_stays_without_instances()
    {
        await Server.Http.AppliedAsync("service: named\nrun: ./a\nenvironments: { known-d: {} }\n");
        await Server.Http.AppliedAsync("service: held\nrun: ./a\n");
        await using var agent = await FakeAgent.JoinAsync(Server, "named-1", "known-d", "named", "held");
        await Server.Http.SendJsonAsync(HttpMethod.Put, "/api/v1/targets/held/known-d/hold", """{"reason":"not yet"}""");
        await Server.Http.SendJsonAsync(HttpMethod.Patch, "/api/v1/instances/named-1", """{"services":["other"]}""");
        Assert.Equal(0, (await TargetAsync("named", "known-d")).Instances.Total);
        Assert.Equal("not yet", (await TargetAsync("held", "known-d")).Hold!.Reason);
    }

    private async Task<Target> TargetAsync(string service, string environment) =>
        await (await Server.Http.GetAsync($"/api/v1/targets/{service}/{environment}")).ShouldBeAsync<Target>(HttpStatusCode.OK);
}
