using System.Net;
using Slipway.Contracts;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Server.Deployments;
using Slipway.Server.Tests.Instances;

namespace Slipway.Server.Tests.Deployments.Http;

[OnBothDatabases]
public sealed class ListDeploymentsTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task They_are_listed_newest_first_in_pages_without_gap_or_double()
    {
        var service = await Scripted.NewAsync(server);
        var made = new List<Deployment>();
        for (var i = 0; i < 5; i++)
            made.Add(await service.FinishAsync());

        var seen = new List<Deployment>();
        string? cursor = null;
        do
        {
            var page = await server.Http.GetAsync<Page<Deployment>>($"/api/v1/deployments?service={service.Name}&limit=2{(cursor is null ? "" : $"&cursor={cursor}")}");
            Assert.InRange(page.Items.Count, 1, 2);
            seen.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        Assert.Equal(Enumerable.Reverse(made).Select(deployment => deployment.Id), seen.Select(deployment => deployment.Id));
    }

    [Fact]
    public async Task They_are_filtered_by_status_version_and_environment()
    {
        var service = await Scripted.NewAsync(server);
        await service.PublishAsync("2.0", Scripted.Stage("one", "failed: it broke"));
        var good = await service.FinishAsync();
        var bad = await service.FinishAsync("2.0");
        Assert.Equal(good.Id, Assert.Single(await service.DeploymentsAsync("&status=succeeded")).Id);
        Assert.Equal(bad.Id, Assert.Single(await service.DeploymentsAsync("&status=rolledBack")).Id);
        Assert.Equal(bad.Id, Assert.Single(await service.DeploymentsAsync("&version=2.0")).Id);
        Assert.Equal(2, (await service.DeploymentsAsync("&environment=production")).Count);
        Assert.Empty(await service.DeploymentsAsync("&environment=staging"));
        Assert.Empty(await service.DeploymentsAsync("&status=queued"));
    }

    [Fact]
    public async Task Several_states_mean_any_of_them_and_who_asked_can_be_filtered_by()
    {
        var service = await Scripted.NewAsync(server);
        await service.PublishAsync("2.0", Scripted.Stage("one", "failed: it broke"));
        var good = await service.FinishAsync();
        var bad = await service.FinishAsync("2.0");
        Assert.Equal([bad.Id, good.Id], (await service.DeploymentsAsync("&status=succeeded&status=rolledBack")).Select(deployment => deployment.Id));
        Assert.Equal(good.Id, Assert.Single(await service.DeploymentsAsync("&status=succeeded&status=failed")).Id);
        Assert.Equal(2, (await service.DeploymentsAsync($"&createdBy={good.CreatedBy}")).Count);
        Assert.Empty(await service.DeploymentsAsync("&createdBy=nobody"));
        await (await server.Http.GetAsync("/api/v1/deployments?status=succeeded&status=done")).ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task A_page_of_instances_is_refreshed_by_what_changed_after_a_revision()
    {
        var deployment = await (await Scripted.NewAsync(server)).FinishAsync();
        await server.StoreAsync([.. Enumerable.Range(1, 5).Select(i => Row(deployment, i, InstanceStep.Pending, revision: 100))]);
        var first = await InstancesAsync("");
        Assert.Equal([100L, 100, 100, 100, 100], first.Items.Select(item => item.Revision));

        await server.ChangeAsync(db =>
        {
            db.UpdateRange(Row(deployment, 2, InstanceStep.Healthy, revision: 300), Row(deployment, 4, InstanceStep.Checking, revision: 200));
            return Task.CompletedTask;
        });
        var changed = await InstancesAsync("after=100&limit=1");
        Assert.Equal("listed-4", Assert.Single(changed.Items).Instance.Value);
        Assert.Equal("listed-2", Assert.Single((await InstancesAsync($"after=100&cursor={changed.NextCursor}")).Items).Instance.Value);
        Assert.Empty((await InstancesAsync("after=300")).Items);

        Task<Page<InstanceProgress>> InstancesAsync(string query) =>
            server.Http.GetAsync<Page<InstanceProgress>>($"/api/v1/deployments/{deployment.Id}/instances?{query}");
    }

    [Fact]
    public async Task Wrong_filters_and_unknown_deployments_are_refused()
    {
        await (await server.Http.GetAsync("/api/v1/deployments?service=NOT")).ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request");
        await (await server.Http.GetAsync("/api/v1/deployments?status=done")).ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request");
        await (await server.Http.GetAsync("/api/v1/deployments?limit=0")).ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request");
        foreach (var path in (string[])["", "/events", "/instances"])
            await (await server.Http.GetAsync($"/api/v1/deployments/d-zzzzzzzzzz{path}")).ShouldRefuseAsync(HttpStatusCode.NotFound, "deployment_not_found");
    }

    private static ProgressRow Row(Deployment deployment, int number, InstanceStep step, long revision) => new()
    {
        Deployment = deployment.Id,
        Instance = InstanceName.Parse($"listed-{number}"),
        Order = number,
        Revision = revision,
        Progress = new() { Instance = InstanceName.Parse($"listed-{number}"), Stage = "one", Step = step, UpdatedAt = DateTimeOffset.UtcNow },
    };
}
