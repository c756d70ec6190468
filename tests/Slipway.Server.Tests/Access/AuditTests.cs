using System.Net;
using Slipway.Contracts;
using Slipway.Contracts.Access;
using Slipway.Contracts.Versions;
using Slipway.Server.Tests.Versions;

namespace Slipway.Server.Tests.Access;

[OnBothDatabases]
public sealed class AuditTests
{
    [Fact]
    public async Task What_was_changed_and_what_was_refused_is_recorded_and_reading_is_not()
    {
        await using var server = await TestServer.StartAsync();
        await server.Http.PostAsync("/api/v1/joinTokens", new CreateJoinToken());
        await server.Http.GetStringAsync("/api/v1/tokens");
        await server.Http.PostTextAsync("/api/v1/tokens", "{}");
        await server.As("slp_a_b").GetAsync("/api/v1/tokens");

        var entries = (await server.Http.GetAsync<Page<AuditEntry>>("/api/v1/audit")).Items;
        Assert.Equal(
            [
                ("anonymous", "GET /api/v1/tokens", 401, "token_invalid"),
                ("first-admin", "POST /api/v1/tokens", 400, "invalid_request"),
                ("first-admin", "POST /api/v1/joinTokens", 201, null),
            ],
            entries.Select(entry => (entry.Actor, entry.Action, entry.Status, entry.Code)));
        Assert.All(entries, entry => Assert.Equal("127.0.0.1", entry.RemoteAddress));
    }

    [Fact]
    public async Task The_parts_of_an_upload_are_not_recorded_one_by_one()
    {
        await using var server = await TestServer.StartAsync();
        var file = Uploaded.Random(90);
        await server.Http.StartAsync(file);
        for (var offset = 0; offset < file.Length; offset += 30)
            await (await server.Http.SendAsync(file, offset, 30)).ShouldBeAsync<Upload>(HttpStatusCode.OK);

        Assert.Equal("POST /api/v1/uploads", Assert.Single((await server.Http.GetAsync<Page<AuditEntry>>("/api/v1/audit")).Items).Action);
    }

    [Fact]
    public async Task It_is_filtered_by_actor_code_and_time_and_paged()
    {
        await using var server = await TestServer.StartAsync();
        for (var i = 0; i < 3; i++)
            await server.Http.PostAsync("/api/v1/joinTokens", new CreateJoinToken());
        await server.Anonymous.GetAsync("/api/v1/whoami");

        Assert.Equal(3, (await ListAsync("actor=first-admin")).Items.Count);
        Assert.Equal("anonymous", Assert.Single((await ListAsync("code=unauthenticated")).Items).Actor);
        Assert.Empty((await ListAsync("since=2999-01-01T00:00:00Z")).Items);
        Assert.Empty((await ListAsync("until=2020-01-01T00:00:00Z")).Items);
        var first = await ListAsync("limit=3");
        Assert.Equal(3, first.Items.Count);
        Assert.Single((await ListAsync($"limit=3&cursor={first.NextCursor}")).Items);

        Task<Page<AuditEntry>> ListAsync(string query) => server.Http.GetAsync<Page<AuditEntry>>($"/api/v1/audit?{query}");
    }

    [Fact]
    public async Task A_flood_without_a_token_becomes_few_entries_that_say_how_many()
    {
        await using var server = await TestServer.StartAsync();
        for (var i = 0; i < 100; i++)
            await server.Anonymous.GetAsync($"/api/v1/flood/{i}");
        await server.RestartAsync();

        var entries = (await server.Http.GetAsync<Page<AuditEntry>>("/api/v1/audit?limit=500")).Items;
        Assert.Equal(21, entries.Count);
        Assert.Equal("80 more refused in a minute, the last: GET /api/v1/flood/99", entries[0].Action);
    }

    [Fact]
    public async Task A_path_with_control_characters_stays_one_line()
    {
        await using var server = await TestServer.StartAsync();
        await server.Anonymous.GetAsync("/api/v1/%0Afake%1B[2J");
        Assert.Equal("GET /api/v1/%0Afake%1B%5B2J", Assert.Single((await server.Http.GetAsync<Page<AuditEntry>>("/api/v1/audit")).Items).Action);
    }
}
