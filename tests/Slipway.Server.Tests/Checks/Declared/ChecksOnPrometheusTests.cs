using System.Globalization;
using System.Text.Json;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Services;
using Slipway.Server.Tests.Deployments.Http;

namespace Slipway.Server.Tests.Checks.Declared;

/// <summary>Checks that ask a real Prometheus.</summary>
public sealed class ChecksOnPrometheusTests(SharedServer shared, PrometheusFixture prometheus) : IClassFixture<SharedServer>, IClassFixture<PrometheusFixture>
{
    private const string Config = """
        {
          "name": "shop",
          "metrics": [
            { "name": "latency", "query": { "type": "prometheus", "metricName": "latency_seconds", "customFilterTemplate": "byVersion" },
              "groups": ["Latency"], "scopeName": "default", "analysisConfigurations": { "canary": { "direction": "increase" } } },
            { "name": "load", "query": { "type": "prometheus", "customInlineTemplate": "PromQL:sum(load{version=\"${scope}\", zone=\"${zone}\"})" },
              "groups": ["Load"], "scopeName": "default", "analysisConfigurations": { "canary": { "direction": "either" } } }
          ],
          "templates": { "byVersion": "version=\"${scope}\"" },
          "classifier": { "groupWeights": { "Latency": 50, "Load": 50 } }
        }
        """;

    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task A_value_within_its_bounds_for_some_time_passes()
    {
        var watched = HttpCheckTests.Milliseconds(300);
        var ended = await FinishAsync(new() { Name = "rate", Prometheus = Ask("latency_seconds{version=\"v1\"} * 0 + 0.001") with { Below = 0.01, For = watched }, Interval = HttpCheckTests.Milliseconds(50) });
        Assert.Equal((DeploymentStatus.Succeeded, null), (ended.Status, ended.Failure?.Reason));
        Assert.True(ended.Stages[^1].FinishedAt - ended.Stages[^1].StartedAt >= watched.Time, $"{ended.Stages[^1].FinishedAt - ended.Stages[^1].StartedAt}");
        Assert.Contains("is 0.001, below 0.01", ended.Stages[^1].Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_beyond_its_bounds_takes_the_deployment_back()
    {
        var ended = await FinishAsync(new() { Name = "rate", Prometheus = Ask("load") with { Above = 15 } });
        Assert.Equal((DeploymentStatus.RolledBack, "check_failed"), (ended.Status, ended.Failure!.Code));
        Assert.Matches("load\\{.*zone=\"a\".*\\} is 10.*, expected above 15\\.", ended.Failure.Reason);
    }

    [Fact]
    public async Task A_series_that_is_not_there_is_waited_for_and_a_wrong_query_is_not()
    {
        var absent = await FinishAsync(new() { Name = "rate", Prometheus = Ask("no_such_thing") with { Below = 1 }, Interval = HttpCheckTests.Milliseconds(50), Timeout = HttpCheckTests.Milliseconds(300) });
        Assert.Equal(("check_timeout", "No verdict within 300ms: The query answers nothing: there is no such series yet."), (absent.Failure!.Code, absent.Failure.Reason));

        var wrong = await FinishAsync(new() { Name = "rate", Prometheus = Ask("sum(") with { Below = 1 }, Failures = 5 });
        Assert.Equal("check_failed", wrong.Failure!.Code);
        Assert.Contains("parse error", wrong.Failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_canary_that_is_too_slow_ends_at_its_first_interval()
    {
        var ended = await FinishAsync(Canary("v1", "v2") with { Interval = Duration.FromSeconds(4) }, lifetime: Duration.FromMinutes(10));
        Assert.Equal((DeploymentStatus.RolledBack, "check_failed"), (ended.Status, ended.Failure!.Code));
        Assert.Equal("The canary has a score of 50, expected more than 50; latency is High.", ended.Failure.Reason);
        Assert.StartsWith("latency: High, ", ended.Failure.Evidence[0], StringComparison.Ordinal);
        Assert.StartsWith("load: Pass", ended.Failure.Evidence[1], StringComparison.Ordinal);
        var stage = ended.Stages.Single(stage => stage.Name == "check-canary");
        Assert.Equal(["0 interval 1 Succeeded", "1 latency Failed", "1 load Succeeded"], stage.Steps.Select(step => $"{step.Depth} {step.Name} {step.Status}"));
    }

    [Fact]
    public async Task A_canary_as_good_as_the_old_passes_when_its_lifetime_is_over()
    {
        var ended = await FinishAsync(Canary("v1", "v1") with { Interval = Duration.FromSeconds(3) }, lifetime: Duration.FromSeconds(5));
        Assert.Equal((DeploymentStatus.Succeeded, null), (ended.Status, ended.Failure?.Reason));
        Assert.Equal(["interval 1", "interval 2"], ended.Stages[^1].Steps.Where(step => step.Depth == 0).Select(step => step.Name));
        Assert.Equal("Interval 2: score 100, Pass", ended.Stages[^1].Note);
        Assert.True(ended.Stages[^1].FinishedAt - ended.Stages[^1].StartedAt >= TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_first_deployment_has_nothing_to_compare_with()
    {
        var service = await Scripted.NewAsync(server);
        service.Checks = [Canary("${SLIPWAY_PREVIOUS_VERSION}", "${SLIPWAY_VERSION}")];
        await service.PublishAsync("2.0");
        var ended = await service.FinishAsync("2.0");
        Assert.Equal((DeploymentStatus.Succeeded, "Nothing ran before, so there is nothing to compare with"), (ended.Status, ended.Stages[^1].Note));
    }

    private PrometheusCheck Ask(string query) => new() { Address = prometheus.Address, Query = query };

    private CheckDefinition Canary(string control, string experiment) => new()
    {
        Name = "canary",
        Canary = new()
        {
            Address = prometheus.Address,
            Config = JsonDocument.Parse(Config).RootElement.Clone(),
            Control = control,
            Experiment = experiment,
            Parameters = new Dictionary<string, string> { ["zone"] = "a" },
            Step = Duration.FromSeconds(1),
        },
    };

    private async Task<Deployment> FinishAsync(CheckDefinition check, Duration? lifetime = null)
    {
        Assert.SkipWhen(PrometheusServer.Program is null, "Prometheus is not installed: apt-get install prometheus (./test does it when it is run as root).");
        var service = await Scripted.NewAsync(server);
        service.Checks = [check with { Canary = check.Canary is { } canary && lifetime is { } time ? canary with { Lifetime = time } : check.Canary }];
        await service.PublishAsync("2.0");
        return await service.FinishAsync("2.0");
    }
}

/// <summary>The new version is twice as slow and carries the same load.</summary>
public sealed class PrometheusFixture : IAsyncLifetime
{
    private PrometheusServer? server;

    public string Address => server?.Http.BaseAddress?.ToString() ?? "http://127.0.0.1:1/";

    public async ValueTask InitializeAsync()
    {
        if (PrometheusServer.Program is null)
            return;

        server = await PrometheusServer.StartAsync(Metrics);
        await server.HasAsync("""load{version="v2"}""", 3);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
    }

    private static string Metrics(int scrape)
    {
        var wave = scrape % 7 * 0.01;
        return string.Create(CultureInfo.InvariantCulture, $$"""
            latency_seconds{version="v1"} {{0.2 + wave}}
            latency_seconds{version="v2"} {{0.4 + (2 * wave)}}
            load{version="v1",zone="a"} {{10 + wave}}
            load{version="v2",zone="a"} {{10 + wave}}

            """);
    }
}
