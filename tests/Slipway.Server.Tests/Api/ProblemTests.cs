using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Slipway.Server.Api;

namespace Slipway.Server.Tests.Api;

public sealed class ProblemTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task An_unknown_address_is_a_problem_with_a_code() =>
        await (await server.Http.GetAsync("/api/v1/nothing")).ShouldRefuseAsync(HttpStatusCode.NotFound, "not_found");

    [Fact]
    public async Task A_method_that_is_not_possible_says_which_are()
    {
        var response = await server.Http.PutAsync("/api/v1/tokens", null);
        await response.ShouldRefuseAsync(HttpStatusCode.MethodNotAllowed, "method_not_allowed");
        Assert.Contains("POST", response.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_body_of_another_kind_is_refused()
    {
        var response = await server.Http.PostAsync("/api/v1/tokens", new StringContent("name=x", Encoding.UTF8, "application/x-www-form-urlencoded"));
        await response.ShouldRefuseAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/tokens")
        {
            Content = new StringContent($$"""{"name":"{{new string('x', 1_100_000)}}","scope":"read"}""", System.Text.Encoding.UTF8, "application/json"),
        };

        // The server refuses by the length alone and hangs up; whoever still sends then may hear of the broken pipe before the answer.
        request.Headers.ExpectContinue = true;
        var response = await server.Http.SendAsync(request);
        await response.ShouldRefuseAsync(HttpStatusCode.RequestEntityTooLarge, "too_large");
    }

    [Theory]
    [InlineData("""{"name":"x","scope":"read","scpoe":1}""", "scpoe", "There is no field scpoe here. Possible: name, scope, services, environments, expiresIn.")]
    [InlineData("""{"name":"x","scope":"root"}""", "scope", "It must be one of read, publish, deploy, admin.")]
    [InlineData("""{"name":5,"scope":"read"}""", "name", "It must be text.")]
    [InlineData("""{"name":null,"scope":"read"}""", "name", "It must not be null.")]
    [InlineData("""{"name":"x"}""", "scope", "Missing: scope.")]
    [InlineData("""{"name":"x","scope":"deploy","services":"checkout"}""", "services", "It must be a list.")]
    [InlineData("""{"name":"x","scope":"deploy","services":["ok","Not OK"]}""", "services[1]", "A service name is 1 to 63 lower-case letters, digits and dashes, begins with a letter and does not end with a dash.")]
    [InlineData("""{"name":"x","scope":"read","expiresIn":"soon"}""", "expiresIn", "A duration is a whole number with a unit: 500ms, 30s, 5m, 2h or 7d; at most 365d.")]
    public async Task A_wrong_field_is_named_with_what_it_must_be(string json, string field, string sentence)
    {
        var problem = await (await server.Http.PostTextAsync("/api/v1/tokens", json)).ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request");
        var (path, messages) = Assert.Single(problem.Errors!);
        Assert.Equal(field, path);
        Assert.Equal(sentence, Assert.Single(messages));
    }

    [Theory]
    [InlineData("{\"name\":\"x\",\n \"scope\" \"read\"}", "line 2, column 10")]
    [InlineData("{", "line 1, column 2")]
    public async Task A_body_that_is_no_json_says_where(string json, string place)
    {
        var problem = await (await server.Http.PostTextAsync("/api/v1/tokens", json)).ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_json");
        Assert.Contains(place, problem.Errors!.Keys);
    }

    [Fact]
    public async Task A_missing_body_is_asked_for()
    {
        var problem = await (await server.Http.PostAsync("/api/v1/tokens", null)).ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.Contains("JSON body", problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=501")]
    [InlineData("limit=many")]
    [InlineData("cursor=%25%25")]
    public async Task A_page_that_cannot_be_is_refused(string query)
    {
        var problem = await (await server.Http.GetAsync($"/api/v1/tokens?{query}")).ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.Equal(query.Split('=')[0], Assert.Single(problem.Errors!).Key);
    }

    [Theory]
    [InlineData("/api/v1/targets?enviroment=dev", "enviroment", "There is no parameter enviroment here. Possible: cursor, environment, held, limit, service.")]
    [InlineData("/api/v1/environments/dev?verbose=1", "verbose", "There is no parameter verbose here. This address takes none.")]
    [InlineData("/api/v1/targets?limit=many", "limit", "It must be a whole number.")]
    public async Task A_wrong_parameter_is_named(string address, string name, string sentence)
    {
        var problem = await (await server.Http.GetAsync(address)).ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.Equal(sentence, Assert.Single(problem.Errors![name]));
        Assert.Contains(name, problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_cannot_be_reached_is_no_fault_and_worth_another_attempt()
    {
        var context = new DefaultHttpContext { RequestServices = server.App.Services };
        context.Response.Body = new MemoryStream();
        await new Problems(_ => throw new SiloUnavailableException("gone"), NullLogger<Problems>.Instance).InvokeAsync(context);
        Assert.Equal(StatusCodes.Status503ServiceUnavailable, context.Response.StatusCode);
        context.Response.Body.Position = 0;
        Assert.Contains("another takes over within seconds", await new StreamReader(context.Response.Body).ReadToEndAsync(), StringComparison.Ordinal);
    }
}
