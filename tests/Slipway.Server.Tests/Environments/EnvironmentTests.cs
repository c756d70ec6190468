using System.Net;
using Microsoft.EntityFrameworkCore;
using Slipway.Contracts;
using Slipway.Contracts.Environments;
using Slipway.Contracts.Ids;
using Slipway.Server.Environments;
using Slipway.Server.Persistence;
using Slipway.Server.Targets;

namespace Slipway.Server.Tests.Environments;

[OnBothDatabases]
public sealed class EnvironmentTests
{
    [Fact]
    public async Task Environments_are_made_listed_in_order_changed_and_deleted()
    {
        await using var server = await TestServer.StartAsync();
        await PutAsync(server, "staging", "{}", HttpStatusCode.Created);
        await PutAsync(server, "production", """{"description":"What customers see."}""", HttpStatusCode.Created);
        await PutAsync(server, "dev", """{"order":0}""", HttpStatusCode.Created);
        var changed = await PutAsync(server, "production", """{"order":9}""", HttpStatusCode.OK);
        Assert.Equal("What customers see.", changed.Description);

        var page = await server.Http.GetAsync<Page<SlipwayEnvironment>>("/api/v1/environments");
        Assert.Equal(["dev", "staging", "production"], page.Items.Select(environment => environment.Name.Value));
        Assert.Equal(HttpStatusCode.NoContent, (await server.Http.DeleteAsync("/api/v1/environments/dev")).StatusCode);
        await (await server.Http.GetAsync("/api/v1/environments/dev")).ShouldRefuseAsync(HttpStatusCode.NotFound, "environment_not_found");
        await (await server.Http.DeleteAsync("/api/v1/environments/dev")).ShouldRefuseAsync(HttpStatusCode.NotFound, "environment_not_found");
    }

    [Fact]
    public async Task Whether_people_are_asked_before_they_deploy_there_is_no_unless_it_is_said_and_stays()
    {
        await using var server = await TestServer.StartAsync();
        Assert.False((await PutAsync(server, "production", "{}", HttpStatusCode.Created)).Confirm);
        Assert.True((await PutAsync(server, "production", """{"confirm":true}""", HttpStatusCode.OK)).Confirm);
        Assert.True((await PutAsync(server, "production", """{"order":3}""", HttpStatusCode.OK)).Confirm);
        Assert.True((await server.Http.GetAsync<SlipwayEnvironment>("/api/v1/environments/production")).Confirm);
        Assert.False((await PutAsync(server, "production", """{"confirm":false}""", HttpStatusCode.OK)).Confirm);
    }

    [Fact]
    public async Task Pages_keep_the_order()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var name in (string[])["c", "a", "b"])
            await PutAsync(server, name, "{}", HttpStatusCode.Created);
        var first = await server.Http.GetAsync<Page<SlipwayEnvironment>>("/api/v1/environments?limit=2");
        var second = await server.Http.GetAsync<Page<SlipwayEnvironment>>($"/api/v1/environments?limit=2&cursor={first.NextCursor}");
        Assert.Equal(["c", "a", "b"], first.Items.Concat(second.Items).Select(environment => environment.Name.Value));
        Assert.Null(second.NextCursor);
    }

    [Fact]
    public async Task One_that_is_in_use_is_not_deleted()
    {
        await using var server = await TestServer.StartAsync();
        await PutAsync(server, "production", "{}", HttpStatusCode.Created);
        await using (var db = await server.Get<IDbContextFactory<SlipwayDb>>().CreateDbContextAsync())
        {
            db.Add(new TargetRow { Service = ServiceName.Parse("checkout"), Environment = EnvironmentName.Parse("production") });
            await db.SaveChangesAsync();
        }

        var problem = await (await server.Http.DeleteAsync("/api/v1/environments/production")).ShouldRefuseAsync(HttpStatusCode.Conflict, "environment_in_use");
        Assert.Contains("0 instances and 1 target", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_against_the_rule_is_refused_with_the_rule()
    {
        await using var server = await TestServer.StartAsync();
        var response = await server.Http.SendJsonAsync(HttpMethod.Put, "/api/v1/environments/Not_Ok", "{}");
        var problem = await response.ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.Equal(EnvironmentName.Rule, problem.Errors!["environment"][0]);
    }

    [Fact]
    public async Task Agents_that_join_at_the_same_moment_make_it_once()
    {
        await using var server = await TestServer.StartAsync();
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => server.Get<EnvironmentStore>().EnsureAsync(EnvironmentName.Parse("dev"), default)));
        Assert.Single(made, true);
        Assert.Single((await server.Http.GetAsync<Page<SlipwayEnvironment>>("/api/v1/environments")).Items);
    }

    private static async Task<SlipwayEnvironment> PutAsync(TestServer server, string name, string json, HttpStatusCode expected) =>
        await (await server.Http.SendJsonAsync(HttpMethod.Put, $"/api/v1/environments/{name}", json)).ShouldBeAsync<SlipwayEnvironment>(expected);
}
