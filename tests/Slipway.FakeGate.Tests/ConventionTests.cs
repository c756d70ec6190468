using System.Net;

namespace Slipway.FakeGate.Tests;

public sealed class ConventionTests : GateTests
{
    [Fact]
    public async Task Times_are_milliseconds()
    {
        Save("Wait", Stage("wait", "1"));
        var id = await Start("Wait");

        Assert.Equal(1787313600000, (long)(await Read(id))["buildTime"]!);
    }

    [Fact]
    public async Task What_is_null_is_left_out_but_not_by_old_versions()
    {
        Save("Wait", Stage("wait", "1", null, new() { ["waitTime"] = 60, ["mine"] = null }));
        var id = await Start("Wait");

        var execution = await Read(id);
        Assert.False(execution.ContainsKey("startTime"));
        Assert.True(Find(execution, "1")["context"]!.AsObject().ContainsKey("mine"));

        Gate.Faults.NullsOfOldVersions = true;
        execution = await Read(id);
        Assert.True(execution.TryGetPropertyValue("startTime", out var start) && start is null);
        Assert.True(Find(execution, "1").ContainsKey("parentStageId"));
    }

    [Fact]
    public async Task The_id_of_a_request_is_echoed_or_made()
    {
        var given = await Client.Send(HttpMethod.Get, "/version", null, ("X-SPINNAKER-REQUEST-ID", "ours"));
        var made = await Client.Get("/version");

        Assert.Equal("ours", given.Headers["X-SPINNAKER-REQUEST-ID"]);
        Assert.NotEmpty(made.Headers["X-SPINNAKER-REQUEST-ID"]);
    }

    [Fact]
    public async Task An_unknown_path_has_problem_details()
    {
        var answer = await Client.Get("/no/such/path");

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal(["type", "title", "status", "detail", "instance"], answer.Object.Select(member => member.Key));
    }

    [Theory]
    [InlineData("/Version")]
    [InlineData("/version/")]
    public async Task Paths_are_taken_to_the_letter(string path) => Assert.Equal(HttpStatusCode.NotFound, (await Client.Get(path)).Status);

    [Fact]
    public async Task An_encoded_slash_is_refused_and_a_plain_one_leads_nowhere()
    {
        Save("a/b", Stage("wait", "1"));

        Assert.Equal(HttpStatusCode.BadRequest, (await Client.Post("/pipelines/shop/a%2Fb")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.Post("/pipelines/shop/a/b")).Status);
    }

    [Fact]
    public async Task An_error_of_a_service_behind_keeps_its_status_and_says_its_address()
    {
        var answer = await Client.Get("/pipelines/01UNKNOWN");

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal(["timestamp", "status", "error", "exception", "message"], answer.Object.Select(member => member.Key));
        Assert.Equal("Status: 404, Method: GET, URL: http://orca/pipelines/01UNKNOWN, Message: Not Found", answer.Message);
    }

    [Fact]
    public async Task A_body_that_is_no_JSON_is_an_error()
    {
        using var content = new StringContent("{\"name\":", System.Text.Encoding.UTF8, "application/json");
        using var response = await Client.Http.PostAsync(new Uri("/pipelines", UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task The_user_interface_is_known_by_its_header()
    {
        Save("Wait", Stage("wait", "1"));
        var theirs = await Client.Send(HttpMethod.Post, "/pipelines/shop/Wait", null, ("X-RateLimit-App", "deck"));

        Assert.Equal("deck", (string?)(await Read(Reference(theirs)))["origin"]);
        Assert.Equal("api", (string?)(await Read(await Start("Wait")))["origin"]);
    }

    [Fact]
    public async Task Requests_are_counted_by_method_and_path()
    {
        await Client.Get("/version");
        await Client.Get("/version?x=1");

        Assert.Equal(2, Gate.Requests.ByPath["GET /version"]);
        Assert.Equal(2, Gate.Requests.Count("GET", "^/ver"));
        Assert.Equal(0, Gate.Requests.Count("POST", "."));
    }
}
