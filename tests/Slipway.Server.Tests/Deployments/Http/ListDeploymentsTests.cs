using System.Net;
using Slipway.Contracts;
using Slipway.Contracts.Deployments;

namespace Slipway.Server.Tests.Deployments.Http;

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
    public async Task Wrong_filters_and_unknown_deployments_are_refused()
    {
        await (await server.Http.GetAsync("/api/v1/deployments?service=NOT")).ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request");
        await (await server.Http.GetAsync("/api/v1/deployments?status=done")).ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request");
        await (await server.Http.GetAsync("/api/v1/deployments?limit=0")).ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request");
        foreach (var path in (string[])["", "/events", "/instances"])
            await (await server.Http.GetAsync($"/api/v1/deployments/d-zzzzzzzzzz{path}")).ShouldRefuseAsync(HttpStatusCode.NotFound, "deployment_not_found");
    }
}
