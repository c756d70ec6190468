using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Slipway.Server.Access;

namespace Slipway.Server.Tests.Api;

public sealed class DocumentationTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly TestServer server = shared.Server;

    /// <summary><c>UPDATE_SNAPSHOTS=1</c> writes the file; the difference is what a reviewer sees of a change of the API.</summary>
    [Fact]
    public async Task The_committed_description_is_the_servers()
    {
        var path = Path.Combine(RepositoryRoot(), "contracts", "openapi.json");
        var actual = (await DocumentAsync()).ToJsonString(Indented) + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            await File.WriteAllTextAsync(path, actual);

        Assert.True(File.Exists(path) && await File.ReadAllTextAsync(path) == actual, "contracts/openapi.json differs from the server. Run the tests with UPDATE_SNAPSHOTS=1 and commit the difference.");
    }

    [Fact]
    public async Task Every_list_says_what_it_holds()
    {
        List<string> open = [];
        Look(await DocumentAsync());
        Assert.Empty(open);

        void Look(JsonNode? node)
        {
            if (node is JsonObject { } schema && schema.ContainsKey("properties") is false && schema["type"]?.ToJsonString().Contains("\"array\"", StringComparison.Ordinal) == true && schema["items"] is null)
                open.Add(schema.GetPath());

            foreach (var child in node switch { JsonObject o => o.Select(pair => pair.Value), JsonArray a => a, _ => [] })
                Look(child);
        }
    }

    [Fact]
    public async Task Every_operation_has_an_id_a_summary_a_description_and_examples()
    {
        List<string> missing = [];
        foreach (var (name, operation) in Operations(await DocumentAsync()))
        {
            foreach (var field in (string[])["operationId", "summary", "description", "tags"])
            {
                if (operation[field] is null)
                    missing.Add($"{name}: {field}");
            }

            foreach (var (type, content) in Contents(operation["requestBody"]).Where(pair => !pair.Key.Contains("octet", StringComparison.Ordinal)))
                Check(content?["example"], $"{name}: example of the request as {type}");

            var responses = operation["responses"]!.AsObject();
            if (!responses.Any(response => response.Key[0] == '2'))
                missing.Add($"{name}: a successful response");
            foreach (var (status, response) in responses)
            {
                foreach (var (type, content) in Contents(response).Where(pair => pair.Key.Contains("json", StringComparison.Ordinal)))
                    Check(content?["example"], $"{name}: example of the response {status} as {type}");
            }

            foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
                Check(parameter?["description"], $"{name}: description of the parameter {parameter?["name"]}");
        }

        Assert.Empty(missing);

        void Check(JsonNode? node, string what)
        {
            if (node is null)
                missing.Add(what);
        }
    }

    [Fact]
    public async Task Operation_ids_are_unique()
    {
        var ids = Operations(await DocumentAsync()).Select(pair => pair.Operation["operationId"]?.ToString()).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public void Every_endpoint_of_the_api_says_which_scope_it_needs_or_that_it_is_open()
    {
        var open = from endpoint in server.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                   where endpoint.RoutePattern.RawText!.StartsWith("/api", StringComparison.Ordinal) && endpoint.Metadata.GetMetadata<RequiredScope>() is null && endpoint.Metadata.GetMetadata<OpenToAll>() is null
                   select endpoint.DisplayName;
        Assert.Empty(open);
    }

    [Fact]
    public async Task Values_that_travel_as_text_have_their_pattern_and_strategies_their_kind()
    {
        var text = (await DocumentAsync()).ToJsonString();
        Assert.Contains(JsonEncodedText.Encode(Contracts.Ids.EnvironmentName.Pattern).ToString(), text, StringComparison.Ordinal);
        Assert.StartsWith("3.1", (await DocumentAsync())["openapi"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_for_people_needs_nothing_from_elsewhere()
    {
        var html = await server.Anonymous.GetStringAsync("/docs/");
        Assert.DoesNotContain("src=\"http", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("cdn.jsdelivr", html, StringComparison.OrdinalIgnoreCase);
        var script = System.Text.RegularExpressions.Regex.Match(html, "(?:src=|from |import )[\"']([^\"']+\\.js)").Groups[1].Value;
        var response = await server.Anonymous.GetAsync(new Uri(new Uri(server.Address, "/docs/"), script));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("javascript", response.Content.Headers.ContentType?.MediaType, StringComparison.Ordinal);
    }

    private async Task<JsonNode> DocumentAsync() => JsonNode.Parse(await server.Anonymous.GetStringAsync("/openapi/v1.json"))!;

    private static IEnumerable<(string Name, JsonObject Operation)> Operations(JsonNode document) =>
        from path in document["paths"]!.AsObject()
        from method in path.Value!.AsObject()
        where method.Value is JsonObject
        select ($"{method.Key.ToUpperInvariant()} {path.Key}", method.Value!.AsObject());

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Contents(JsonNode? owner) => owner?["content"]?.AsObject() ?? [];

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Slipway.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The repository was not found above the test program.");
    }
}
