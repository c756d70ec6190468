using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Contracts.Access;
using Slipway.Judging;
using Slipway.Server.Checks.Kayenta;

namespace Slipway.Server.Tests.Checks;

public sealed class JudgeForKayentaTests(SharedServer shared) : IClassFixture<SharedServer>
{
    /// <summary>As Kayenta writes it, with all that a judge does not need.</summary>
    private const string Asked = """
        {
          "canaryConfig": {
            "id": "c-1", "createdTimestamp": 1, "updatedTimestampIso": "2026-01-01T00:00:00Z", "name": "shop", "description": "", "configVersion": "1", "applications": ["shop"],
            "judge": { "name": "RemoteJudge-v1.0", "judgeConfigurations": { "other": 1 } },
            "metrics": [
              { "name": "latency", "query": { "type": "datadog", "metricName": "l", "customInlineTemplate": null }, "groups": ["Latency"], "scopeName": "default", "analysisConfigurations": { "canary": { "direction": "increase" } } },
              { "name": "errors", "query": { "type": "prometheus" }, "groups": ["Errors"], "scopeName": "default", "analysisConfigurations": { "canary": { "nanStrategy": "replace" } } }
            ],
            "templates": {}, "classifier": { "groupWeights": { "Latency": 40.0, "Errors": 60 } }
          },
          "scoreThresholds": { "pass": 95.0, "marginal": 50 },
          "metricSetPairList": [
            { "name": "latency", "id": "id-1", "tags": { "zone": "a" }, "values": { "control": [1.0, 1.1, "NaN", 1.2, 1.3, 1.15], "experiment": [2.0, 2.1, null, 2.2, 2.3, "2.15"] },
              "scopes": { "control": { "startTimeIso": "x", "startTimeMillis": 0, "stepMillis": 60000 } }, "attributes": { "control": { "query": "q" } } },
            { "name": "errors", "id": "id-2", "tags": {}, "values": { "control": ["NaN", "NaN"], "experiment": [0, "NaN"] }, "scopes": {}, "attributes": {} }
          ]
        }
        """;

    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task It_answers_what_Kayenta_reads()
    {
        var answer = await JudgedAsync(server.Http, Asked);
        Assert.Equal(["judgeName", "results", "groupScores", "score"], answer.AsObject().Select(field => field.Key));
        Assert.Equal("NetflixACAJudge-v1.0", (string?)answer["judgeName"]);
        Assert.Equal("""{"score":60,"classification":"Marginal","classificationReason":""}""", answer["score"]!.ToJsonString());
        Assert.Equal("""[{"name":"Latency","score":0,"classification":"","classificationReason":""},{"name":"Errors","score":100,"classification":"","classificationReason":""}]""", answer["groupScores"]!.ToJsonString());

        var latency = answer["results"]![0]!.AsObject();
        Assert.Equal(["name", "id", "tags", "classification", "classificationReason", "groups", "experimentMetadata", "controlMetadata", "resultMetadata", "critical", "muted"], latency.Select(field => field.Key));
        Assert.Equal(("latency", "id-1", "a", "High", "latency was classified as High"), ((string?)latency["name"], (string?)latency["id"], (string?)latency["tags"]!["zone"], (string?)latency["classification"], (string?)latency["classificationReason"]));
        Assert.Equal((5, 5), ((int)latency["controlMetadata"]!["stats"]!["count"]!, (int)latency["experimentMetadata"]!["stats"]!["count"]!));
        Assert.Equal(2.15 / 1.15, (double)latency["resultMetadata"]!["ratio"]!, 1e-9);
        Assert.False((bool)latency["critical"]!);
    }

    [Fact]
    public async Task What_is_not_a_number_is_the_text_NaN() =>
        Assert.Equal("NaN", (string?)(await JudgedAsync(server.Http, With(asked =>
        {
            asked["metricSetPairList"]![1]!["values"]!["control"] = Numbers(0, 0, 0, 0, 0);
            asked["metricSetPairList"]![1]!["values"]!["experiment"] = Numbers(54, 55, 56, 57, 58);
        })))["results"]![1]!["resultMetadata"]!["ratio"]);

    [Theory]
    [InlineData("hello", "invalid_json")]
    [InlineData("", "invalid_json")]
    [InlineData("null", "invalid_request")]
    [InlineData("[]", "invalid_request")]
    [InlineData("{}", "invalid_request")]
    public async Task What_is_no_request_is_refused(string body, string code) =>
        await (await server.Http.PostTextAsync("/kayenta/judge", body)).ShouldRefuseAsync(HttpStatusCode.BadRequest, code);

    public static TheoryData<string, string?, string> Mistakes => new()
    {
        { "canaryConfig", null, "canaryConfig" },
        { "scoreThresholds", null, "canaryConfig" },
        { "metricSetPairList", null, "canaryConfig" },
        { "scoreThresholds.pass", "\"NaN\"", "scoreThresholds" },
        { "scoreThresholds.pass", "\"much\"", "scoreThresholds.pass" },
        { "scoreThresholds.pass", null, "scoreThresholds.pass" },
        { "canaryConfig.classifier.groupWeights.Latency", "\"Infinity\"", "canaryConfig.classifier.groupWeights" },
        { "canaryConfig.metrics.0", "null", "canaryConfig.metrics" },
        { "canaryConfig.metrics.0.name", "null", "canaryConfig.metrics" },
        { "canaryConfig.metrics.0.groups", "[null]", "canaryConfig.metrics" },
        { "canaryConfig.metrics", "[]", "metricSetPairList" },
        { "metricSetPairList.0", "null", "metricSetPairList" },
        { "metricSetPairList.0.name", "\"other\"", "metricSetPairList" },
        { "metricSetPairList.0.values", "null", "metricSetPairList" },
        { "metricSetPairList.0.values.control", "null", "metricSetPairList" },
        { "metricSetPairList.0.values.control", "[\"much\"]", "metricSetPairList[0].values.control" },
        { "metricSetPairList.0.values.control", "7", "metricSetPairList[0].values.control" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_is_named(string path, string? value, string field)
    {
        var response = await server.Http.PostTextAsync("/kayenta/judge", With(asked => Set(asked, path.Split('.'), value)));
        Assert.Equal(field, Assert.Single((await response.ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request")).Errors!).Key);
    }

    [Fact]
    public async Task More_than_a_judge_can_answer_meanwhile_is_refused()
    {
        var values = await server.Http.PostTextAsync("/kayenta/judge", With(asked => asked["metricSetPairList"]![0]!["values"]!["control"] = Numbers(new double[JudgeRules.MostPoints + 1])));
        Assert.Contains("values in all", (await values.ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request")).Detail, StringComparison.Ordinal);
        var pairs = await server.Http.PostTextAsync("/kayenta/judge", With(asked => asked["metricSetPairList"] = new JsonArray([.. Enumerable.Range(0, JudgeRules.MostPairs + 1).Select(_ => new JsonObject())])));
        Assert.Contains("pairs", (await pairs.ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request")).Detail, StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/kayenta/judge") { Content = new StringContent(Asked + new string(' ', JudgeRules.LargestBody), Encoding.UTF8, "application/json") };

        // The server refuses by the length alone and hangs up; whoever still sends then may hear of the broken pipe before the answer.
        request.Headers.ExpectContinue = true;
        Assert.Contains("8 MB", (await (await server.Http.SendAsync(request)).ShouldRefuseAsync(HttpStatusCode.RequestEntityTooLarge, "too_large")).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_most_that_is_allowed_is_judged()
    {
        var random = new Random(7);
        double[] Many(double shift) => [.. Enumerable.Range(0, (JudgeRules.MostPoints / 2) - 10).Select(_ => Math.Round(random.NextDouble() + shift, 4))];
        var answer = await JudgedAsync(server.Http, With(asked => asked["metricSetPairList"]![0]!["values"] = new JsonObject { ["control"] = Numbers(Many(1)), ["experiment"] = Numbers(Many(1.5)) }));
        Assert.Equal("High", (string?)answer["results"]![0]!["classification"]);
    }

    [Fact]
    public async Task Only_JSON_and_known_parameters_are_read()
    {
        using var text = new StringContent(Asked, Encoding.UTF8, "text/plain");
        await (await server.Http.PostAsync(new Uri("/kayenta/judge", UriKind.Relative), text)).ShouldRefuseAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
        await (await server.Http.PostTextAsync("/kayenta/judge?mood=kayenta", Asked)).ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request");
        await (await server.Http.PostTextAsync("/kayenta/judge?mode=other", Asked)).ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task One_metric_that_is_surely_worse_fails_the_canary_for_our_own_judge_and_the_same_values_do_not()
    {
        var random = new Random(7);
        var healthy = Enumerable.Range(0, 40).Select(_ => 100 + (random.NextDouble() * 10)).ToArray();
        var worse = Enumerable.Range(0, 40).Select(_ => 150 + (random.NextDouble() * 10)).ToArray();
        foreach (var (experiment, expected) in ((double[], string)[])[(worse, "Fail"), (healthy, "Pass")])
        {
            var asked = With(body =>
            {
                foreach (var pair in body["metricSetPairList"]!.AsArray())
                    pair!["values"] = new JsonObject { ["control"] = Numbers(healthy), ["experiment"] = Numbers(healthy) };
                body["metricSetPairList"]![0]!["values"]!["experiment"] = Numbers(experiment);
                body["canaryConfig"]!["metrics"]![0]!["analysisConfigurations"] = JsonNode.Parse("""{ "canary": { "direction": "increase" } }""");
            });
            var answer = await JudgedAsync(server.Http, asked, "?mode=slipway");
            Assert.Equal(("SlipwayJudge-v1", expected), ((string?)answer["judgeName"], (string?)answer["score"]!["classification"]));
        }
    }

    [Fact]
    public async Task Our_own_judge_judges_where_the_query_or_the_config_says_so()
    {
        await using var own = await TestServer.StartAsync(builder => builder.Services.AddSingleton<IPairJudge>(new Suspicious()));
        var inConfig = With(asked => asked["canaryConfig"]!["judge"]!["judgeConfigurations"]!["mode"] = "slipway");
        foreach (var answer in (JsonNode[])[await JudgedAsync(own.Http, Asked, "?mode=slipway"), await JudgedAsync(own.Http, inConfig)])
        {
            Assert.Equal(("suspicious", 0.0, "Fail"), ((string?)answer["judgeName"], (double)answer["score"]!["score"]!, (string?)answer["score"]!["classification"]));
            Assert.Equal(("Low", "I do not like it.", 0.99), ((string?)answer["results"]![0]!["classification"], (string?)answer["results"]![0]!["classificationReason"], (double)answer["results"]![0]!["resultMetadata"]!["probability"]!));
        }

        Assert.Equal("NetflixACAJudge-v1.0", (string?)(await JudgedAsync(own.Http, inConfig, "?mode=kayenta"))["judgeName"]);
    }

    [Fact]
    public async Task A_token_that_may_read_is_enough_and_may_be_a_password()
    {
        var token = (await (await server.Http.PostAsync("/api/v1/tokens", new CreateToken { Name = "kayenta", Scope = Scope.Read })).ShouldBeAsync<TokenCreated>(HttpStatusCode.Created)).Secret;
        await JudgedAsync(server.As(token), Asked);
        Assert.Equal(HttpStatusCode.OK, (await AsBasicAsync($"any:{token}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await AsBasicAsync($":{token}")).StatusCode);
    }

    [Fact]
    public async Task A_value_of_the_wrong_kind_is_told_with_the_kind_it_must_be()
    {
        using var refused = await server.Http.PostTextAsync("/kayenta/judge", """{ "canaryConfig": { "metrics": [{ "name": 3 }] } }""");
        Assert.Contains("canaryConfig.metrics[0].name: It must be text.", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "unauthenticated")]
    [InlineData("any:wrong", "token_invalid")]
    [InlineData("slp_nothing", "token_invalid")]
    [InlineData("%", "token_invalid")]
    [InlineData("", "unauthenticated")]
    public async Task Nobody_unknown_is_let_in(string? credentials, string code)
    {
        var response = credentials is null ? await server.Anonymous.PostTextAsync("/kayenta/judge", Asked) : await AsBasicAsync(credentials);
        await response.ShouldRefuseAsync(HttpStatusCode.Unauthorized, code);
        Assert.Equal(["Bearer", "Basic"], response.Headers.WwwAuthenticate.Select(challenge => challenge.Scheme));
    }

    [Theory]
    [InlineData("/api/v1/services")]
    [InlineData("/api/v1/whoami")]
    public async Task Elsewhere_a_token_is_no_password(string path)
    {
        var response = await AsBasicAsync($"any:{server.AdminToken}", HttpMethod.Get, path);
        await response.ShouldRefuseAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        Assert.Equal("Bearer", Assert.Single(response.Headers.WwwAuthenticate).Scheme);
    }

    [Fact]
    public async Task Who_runs_the_server_can_let_a_Kayenta_in_that_has_no_token_and_nothing_else()
    {
        await using var open = await TestServer.StartAsync(arguments: ["--Slipway:Kayenta:Open", "true"]);
        await JudgedAsync(open.Anonymous, Asked);
        await (await open.Anonymous.GetAsync("/api/v1/services")).ShouldRefuseAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    private static async Task<JsonNode> JudgedAsync(HttpClient client, string body, string query = "")
    {
        var response = await client.PostTextAsync("/kayenta/judge" + query, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!;
    }

    private async Task<HttpResponseMessage> AsBasicAsync(string credentials, HttpMethod? method = null, string path = "/kayenta/judge")
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Post, path);
        request.Headers.TryAddWithoutValidation("Authorization", "Basic " + (credentials == "%" ? credentials : Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))));
        if (method is null)
            request.Content = new StringContent(Asked, Encoding.UTF8, "application/json");
        return await server.Anonymous.SendAsync(request);
    }

    private static string With(Action<JsonNode> change)
    {
        var asked = JsonNode.Parse(Asked)!;
        change(asked);
        return asked.ToJsonString();
    }

    /// <summary>A value of null takes the field away.</summary>
    private static void Set(JsonNode node, ReadOnlySpan<string> path, string? value)
    {
        if (path.Length > 1)
            Set(node is JsonArray list ? list[int.Parse(path[0], System.Globalization.CultureInfo.InvariantCulture)]! : node[path[0]]!, path[1..], value);
        else if (node is JsonArray items)
            items[int.Parse(path[0], System.Globalization.CultureInfo.InvariantCulture)] = JsonNode.Parse(value!);
        else if (value is null)
            node.AsObject().Remove(path[0]);
        else
            node[path[0]] = JsonNode.Parse(value);
    }

    private static JsonArray Numbers(params double[] values) => new([.. values.Select(value => (JsonNode)value)]);

    private sealed class Suspicious : IPairJudge
    {
        public string Name => "suspicious";

        public IReadOnlyList<PairVerdict> Judge(IReadOnlyList<MetricPair> pairs) =>
            [.. pairs.Select(_ => new PairVerdict(PairClassification.Low, "I do not like it.", new Dictionary<string, double> { ["probability"] = 0.99 }))];
    }
}
