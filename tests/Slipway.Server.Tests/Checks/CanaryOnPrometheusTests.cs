using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Slipway.Judging.Kayenta;
using Slipway.Judging.Kayenta.Prometheus;
using Slipway.Judging.Kayenta.Wire;
using Slipway.Server.Checks.Kayenta;

namespace Slipway.Server.Tests.Checks;

/// <summary>A canary config as Kayenta stores it, on a real Prometheus, unchanged.</summary>
public sealed class CanaryOnPrometheusTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const int Samples = 25;

    private const string Config = """
        {
          "name": "shop", "configVersion": "1", "applications": ["shop"],
          "judge": { "name": "NetflixACAJudge-v1.0", "judgeConfigurations": {} },
          "metrics": [
            { "name": "latency", "query": { "type": "prometheus", "serviceType": "prometheus", "metricName": "latency_seconds", "labelBindings": ["path=\"/\""], "customFilterTemplate": "byVersion" },
              "groups": ["Latency"], "scopeName": "default", "analysisConfigurations": { "canary": { "direction": "increase", "effectSize": { "allowedIncrease": 1.2 } } } },
            { "name": "load", "query": { "type": "prometheus", "customInlineTemplate": "PromQL:sum(load{version=\"$\\{scope}\"}) by (zone)" },
              "groups": ["Load"], "scopeName": "default", "analysisConfigurations": { "canary": { "direction": "either" } } },
            { "name": "only-old", "query": { "type": "prometheus", "metricName": "only_old", "customFilterTemplate": "byVersion", "groupByFields": ["path"] },
              "groups": ["Load"], "scopeName": "default", "analysisConfigurations": { "canary": {} } }
          ],
          "templates": { "byVersion": "version=\"${scope}\"" },
          "classifier": { "groupWeights": { "Latency": 50, "Load": 50 } }
        }
        """;

    [Fact]
    public async Task A_config_of_Kayentas_runs_unchanged()
    {
        Assert.SkipWhen(PrometheusServer.Program is null, "Prometheus is not installed: apt-get install prometheus (./test does it when it is run as root).");
        await using var prometheus = await PrometheusServer.StartAsync(Metrics);
        await prometheus.HasAsync("""only_old{version="v1"}""", Samples);
        var config = JsonSerializer.Deserialize(Config, KayentaJson.Default.CanaryConfig)!;
        var now = DateTimeOffset.UtcNow;
        CanaryScope Scope(string version) => new() { Scope = version, Start = now - (PrometheusServer.ScrapedEvery * (Samples - 3)), End = now, Step = PrometheusServer.ScrapedEvery };
        var scopes = new Dictionary<string, CanaryScopePair> { ["default"] = new(Scope("v1"), Scope("v2")) };

        var pairs = await new PrometheusMetricSource(new HttpPrometheus(prometheus.Http)).FetchAsync(config, scopes, CancellationToken.None);

        Assert.Equal(["latency", "load zone=a", "load zone=b", "only-old path=/"], pairs.Select(pair => pair.Id));

        // A scrape that this machine was too busy for leaves a gap, in both.
        Assert.All(pairs.Take(3), pair => Assert.InRange(pair.Values!.Control!.Count, Samples / 2, Samples - 2));
        Assert.All(pairs.Take(3), pair => Assert.Equal(pair.Values!.Control!.Count, pair.Values.Experiment!.Count));
        var asked = new RemoteJudgeRequest { CanaryConfig = config, ScoreThresholds = new() { Pass = 80, Marginal = 40 }, MetricSetPairList = pairs };
        var response = await shared.Server.Http.PostTextAsync("/kayenta/judge", JsonSerializer.Serialize(asked, KayentaJson.Default.RemoteJudgeRequest));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(["High", "Pass", "Pass", "Nodata"], answer["results"]!.AsArray().Select(result => (string?)result!["classification"]));
        Assert.Equal((50, "Marginal"), ((double)answer["score"]!["score"]!, (string?)answer["score"]!["classification"]));
    }

    [Fact]
    public async Task What_Prometheus_refuses_is_told_in_its_words()
    {
        Assert.SkipWhen(PrometheusServer.Program is null, "Prometheus is not installed: apt-get install prometheus (./test does it when it is run as root).");
        await using var prometheus = await PrometheusServer.StartAsync(Metrics);
        var scope = new CanaryScope { Scope = "x", Start = DateTimeOffset.UtcNow.AddMinutes(-1), End = DateTimeOffset.UtcNow, Step = TimeSpan.FromSeconds(1) };
        var config = JsonSerializer.Deserialize("""{"metrics":[{"name":"m","query":{"type":"prometheus","customInlineTemplate":"PromQL:sum("}}]}""", KayentaJson.Default.CanaryConfig)!;
        var refusal = await Assert.ThrowsAsync<NotJudgeableException>(() => new PrometheusMetricSource(new HttpPrometheus(prometheus.Http)).FetchAsync(
            config, new Dictionary<string, CanaryScopePair> { ["default"] = new(scope, scope) }, CancellationToken.None));
        Assert.Contains("parse error", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>The new version is twice as slow and carries the same load.</summary>
    private static string Metrics(int scrape)
    {
        var wave = scrape % 7 * 0.01;
        return string.Create(CultureInfo.InvariantCulture, $$"""
            latency_seconds{version="v1",path="/"} {{0.2 + wave}}
            latency_seconds{version="v1",path="/slow"} 99
            latency_seconds{version="v2",path="/"} {{0.4 + (2 * wave)}}
            load{version="v1",zone="a"} {{10 + wave}}
            load{version="v2",zone="a"} {{10 + wave}}
            load{version="v1",zone="b"} {{20 + wave}}
            load{version="v2",zone="b"} {{20 + wave}}
            only_old{version="v1",path="/"} 1

            """);
    }
}
