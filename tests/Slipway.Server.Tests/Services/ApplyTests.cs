using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Slipway.Contracts;
using Slipway.Contracts.Access;
using Slipway.Contracts.Configuration;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Server.Persistence;
using Slipway.Server.Targets;
using Slipway.Server.Tests.Versions;

namespace Slipway.Server.Tests.Services;

[OnBothDatabases]
public sealed class ApplyTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private TestServer Server => shared.Server;

    [Fact]
    public async Task A_file_makes_service_environments_targets_and_config()
    {
        var response = await Server.Http.ApplyAsync("service: maker\nrun: ./a\nconfig: { A: 1 }\nenvironments: { made-dev: { autoDeploy: { branch: main } }, made-prod: { config: { A: 2 } } }\n");
        var applied = await response.ShouldBeAsync<ServiceApplied>(HttpStatusCode.Created);
        Assert.Equal(AppliedChange.Created, applied.Change);
        Assert.Contains("made-dev: target created", applied.Changes);
        Assert.Contains("environment made-dev: created", applied.Changes);
        Assert.Equal("main", (await TargetAsync("maker", "made-dev"))!.AutoDeployBranch);
        Assert.Null((await TargetAsync("maker", "made-prod"))!.AutoDeployBranch);
        Assert.Equal("2", (await Server.Http.GetAsync<ConfigRevision>("/api/v1/targets/maker/made-prod/config/1")).Values["A"]);
        Assert.Equal(1, (await Server.Http.GetAsync<Service>("/api/v1/services/maker")).Revision);
    }

    [Fact]
    public async Task Applying_the_same_again_changes_nothing()
    {
        const string file = "service: again\nrun: ./a\nconfig: { A: 1 }\nenvironments: { dev: { autoDeploy: { branch: main } } }\n";
        await Server.Http.AppliedAsync(file);
        var again = await Server.Http.AppliedAsync(file + "# a comment\n");
        Assert.Equal(AppliedChange.Unchanged, again.Change);
        Assert.Empty(again.Changes);
        Assert.Equal(1, again.Service.Revision);
        Assert.Single((await Server.Http.GetAsync<Page<ConfigRevision>>("/api/v1/targets/again/dev/config")).Items);
    }

    [Fact]
    public async Task A_change_makes_a_revision_and_says_what_changed()
    {
        await Server.Http.AppliedAsync("service: changing\nrun: ./a\nport: 80\nenvironments: { dev: { autoDeploy: { branch: main } } }\n");
        var applied = await Server.Http.AppliedAsync("service: changing\nrun: ./a -v\nhealth: { http: / }\nenvironments: { dev: {} }\n");
        Assert.Equal((AppliedChange.Updated, 2), (applied.Change, applied.Service.Revision));
        Assert.Contains("run: ./a → ./a -v", applied.Changes);
        Assert.Contains("port: removed (was 80)", applied.Changes);
        Assert.Contains("health.http: / (new)", applied.Changes);
        Assert.Null((await TargetAsync("changing", "dev"))!.AutoDeployBranch);
        Assert.Equal(80, (await Server.Http.GetAsync<ServiceDefinition>("/api/v1/services/changing/definitions/1")).Port);
    }

    [Fact]
    public async Task A_dry_run_says_the_same_and_changes_nothing()
    {
        var applied = await Server.Http.AppliedAsync("service: dry\nrun: ./a\nenvironments: { dry-env: {} }\n", "?dryRun=true");
        Assert.Equal(AppliedChange.Created, applied.Change);
        Assert.Contains("dry-env: target created", applied.Changes);
        await (await Server.Http.GetAsync("/api/v1/services/dry")).ShouldRefuseAsync(HttpStatusCode.NotFound, "service_not_found");
        Assert.Null(await TargetAsync("dry", "dry-env"));
    }

    [Fact]
    public async Task A_wrong_file_changes_nothing()
    {
        await Server.Http.AppliedAsync("service: steady\nrun: ./a\n");
        var problem = await (await Server.Http.ApplyAsync("service: steady\nrun: ./b\nport: x\n")).ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_service_definition");
        Assert.Equal("line 3, column 7", Assert.Single(problem.Errors!).Key);
        Assert.Equal(["./a"], (await Server.Http.GetAsync<Service>("/api/v1/services/steady")).Definition.Run!);
    }

    [Fact]
    public async Task Values_of_the_file_are_the_base_and_those_of_the_api_stay_on_top()
    {
        await Server.Http.AppliedAsync("service: layers\nrun: ./a\nenvironments: { dev: { config: { FILE: 1, BOTH: 1, GONE: 1 } } }\n");
        await Server.Http.PostAsync("/api/v1/targets/layers/dev/config", new CreateConfigRevision
        {
            Values = new Dictionary<string, string> { ["FILE"] = "1", ["BOTH"] = "api", ["GONE"] = "1", ["API"] = "api" },
            Secrets = new Dictionary<string, string> { ["KEY"] = "hidden" },
        });
        await Server.Http.AppliedAsync("service: layers\nrun: ./a\nenvironments: { dev: { config: { FILE: 2, BOTH: 2, NEW: 2, KEY: file } } }\n");
        var revision = await Server.Http.GetAsync<ConfigRevision>("/api/v1/targets/layers/dev/config/3");
        Assert.Equal([("API", "api"), ("BOTH", "api"), ("FILE", "2"), ("NEW", "2")], revision.Values.Select(pair => (pair.Key, pair.Value)));
        Assert.Equal(["KEY"], revision.SecretNames);
    }

    [Fact]
    public async Task Many_who_apply_at_once_all_succeed()
    {
        var applied = await Task.WhenAll(Enumerable.Range(1, 8).Select(port => Server.Http.AppliedAsync($"service: crowd\nrun: ./a\nport: {port}\nenvironments: {{ crowd: {{}} }}\n")));
        Assert.Equal(Enumerable.Range(1, 8), applied.Select(one => one.Service.Revision).Order());
        Assert.Single(applied, one => one.Change == AppliedChange.Created);
    }

    [Fact]
    public async Task The_same_as_json_is_the_same_service()
    {
        await Server.Http.AppliedAsync("service: twice\nrun: ./a b\nport: 80\nstrategy: rolling\n");
        var definition = await Server.Http.GetStringAsync("/api/v1/services/twice/definitions/1");
        var response = await Server.Http.PostTextAsync("/api/v1/services", definition);
        Assert.Equal(AppliedChange.Unchanged, (await response.ShouldBeAsync<ServiceApplied>(HttpStatusCode.OK)).Change);
    }

    [Fact]
    public async Task A_deployment_type_that_the_server_does_not_have_is_refused()
    {
        var problem = await (await Server.Http.ApplyAsync("service: typed\ntype: ansible\n")).ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_service_definition");
        Assert.Equal("line 2, column 1", Assert.Single(problem.Errors!).Key);
    }

    [Fact]
    public async Task Only_yaml_and_json_of_a_bounded_size_are_taken()
    {
        using var text = new StringContent("service: a\nrun: b\n");
        await (await Server.Http.PostAsync("/api/v1/services", text)).ShouldRefuseAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
        await (await Server.Http.ApplyAsync("# " + new string('x', 300 * 1024))).ShouldRefuseAsync(HttpStatusCode.RequestEntityTooLarge, "too_large");
    }

    [Fact]
    public async Task A_publish_token_may_apply_its_service_but_not_decide_what_is_deployed_where()
    {
        using var ci = await TokenAsync("""{"name":"ci","scope":"publish","services":["owned"]}""");
        await (await ci.ApplyAsync("service: other\nrun: ./a\n")).ShouldRefuseAsync(HttpStatusCode.Forbidden, "forbidden");
        await ci.AppliedAsync("service: owned\nrun: ./a\n");
        await (await ci.ApplyAsync("service: owned\nrun: ./a\nenvironments: { prod: { autoDeploy: { branch: main } } }\n")).ShouldRefuseAsync(HttpStatusCode.Forbidden, "forbidden");
        Assert.Null(await TargetAsync("owned", "prod"));
        using var reader = await TokenAsync("""{"name":"reader","scope":"read"}""");
        await (await reader.ApplyAsync("service: owned\nrun: ./b\n")).ShouldRefuseAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Services_are_listed_in_pages_and_found_by_a_part_of_their_name()
    {
        foreach (var name in (string[])["list-b", "list-c", "list-a"])
            await Server.Http.AppliedAsync($"service: {name}\nrun: ./a\n");

        var page = await Server.Http.GetAsync<Page<Service>>("/api/v1/services?search=LIST-&limit=2");
        Assert.Equal(["list-a", "list-b"], page.Items.Select(service => service.Name.Value));
        var rest = await Server.Http.GetAsync<Page<Service>>($"/api/v1/services?search=list-&limit=2&cursor={page.NextCursor}");
        Assert.Equal("list-c", Assert.Single(rest.Items).Name.Value);
        Assert.Null(rest.NextCursor);
    }

    [Fact]
    public async Task A_deleted_service_is_gone_and_its_revision_numbers_are_not_used_again()
    {
        await Server.Http.AppliedAsync("service: deleted\nrun: ./a\nenvironments: { dev: {} }\n");
        Assert.Equal(HttpStatusCode.NoContent, (await Server.Http.DeleteAsync("/api/v1/services/deleted")).StatusCode);
        await (await Server.Http.GetAsync("/api/v1/services/deleted")).ShouldRefuseAsync(HttpStatusCode.NotFound, "service_not_found");
        Assert.Null(await TargetAsync("deleted", "dev"));
        Assert.Equal(2, (await Server.Http.AppliedAsync("service: deleted\nrun: ./other\n")).Service.Revision);
    }

    [Fact]
    public async Task A_service_that_instances_run_is_not_deleted()
    {
        await Server.Http.AppliedAsync("service: running\nrun: ./a\n");
        await using (var db = await Server.Get<IDbContextFactory<SlipwayDb>>().CreateDbContextAsync())
        {
            db.Add(new Slipway.Server.Instances.AssignmentRow
            {
                Instance = InstanceName.Parse("runner"),
                Service = ServiceName.Parse("running"),
                Environment = EnvironmentName.Parse("dev"),
                Version = VersionName.Parse("1"),
            });
            await db.SaveChangesAsync();
        }

        await (await Server.Http.DeleteAsync("/api/v1/services/running")).ShouldRefuseAsync(HttpStatusCode.Conflict, "service_in_use");
    }

    [Fact]
    public async Task Editors_get_the_schema_without_a_token()
    {
        var schema = await Server.Anonymous.GetFromJsonAsync<JsonElement>("/slipway.schema.json");
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema.GetProperty("$schema").GetString());
        Assert.True(schema.GetProperty("properties").TryGetProperty("health", out _));
    }

    private async Task<HttpClient> TokenAsync(string wanted) =>
        Server.As((await (await Server.Http.PostTextAsync("/api/v1/tokens", wanted)).ShouldBeAsync<TokenCreated>(HttpStatusCode.Created)).Secret);

    private async Task<TargetRow?> TargetAsync(string service, string environment)
    {
        await using var db = await Server.Get<IDbContextFactory<SlipwayDb>>().CreateDbContextAsync();
        return await db.Set<TargetRow>().FindAsync(ServiceName.Parse(service), EnvironmentName.Parse(environment));
    }
}
