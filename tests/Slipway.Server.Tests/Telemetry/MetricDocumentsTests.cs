using System.Text.Json;
using System.Text.RegularExpressions;
using Slipway.Server.Tests.Changes;
using Slipway.Server.Tests.Checks;
using Slipway.Server.Tests.Deployments.Http;
using Slipway.Server.Tests.Instances;

namespace Slipway.Server.Tests.Telemetry;

/// <summary>What is written about metrics, or asks for them, is held to what a server offers that has done a little of everything.</summary>
public sealed partial class MetricDocumentsTests : IAsyncLifetime
{
    private const string Dashboard = "deploy/grafana/slipway.json";
    private const string Alerts = "deploy/prometheus/alerts.yml";

    private Scrape offered = null!;

    public async ValueTask InitializeAsync()
    {
        await using var server = await TestServer.StartAsync();
        await using var followed = await Followed.StartAsync(server.Http);
        await Obedient.DeployAsync(server);
        var running = await Scripted.NewAsync(server, Scripted.Stage("one", "waiting: 1h"));
        await running.RunsAsync(await running.DeployAsync());
        await Assert.ThrowsAnyAsync<Exception>(() => server.PublishAsync());
        await server.WaitAsync(async () => (await Scrape.OfAsync(server))["slipway_event_lag_seconds_count"] > 0);
        offered = await Scrape.OfAsync(server);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void The_table_of_metrics_says_what_there_is()
    {
        var written = Row().Matches(File.ReadAllText(Repository.At("docs/operations/metrics.md"))).Select(row => (
            Name: row.Groups["name"].Value,
            Type: row.Groups["type"].Value,
            Labels: string.Join(' ', Word().Matches(row.Groups["labels"].Value).Select(label => label.Value).Order(StringComparer.Ordinal))));
        var real = offered.Types.Where(type => type.Key.StartsWith("slipway_", StringComparison.Ordinal))
            .Select(type => (type.Key, type.Value, string.Join(' ', offered.Labels(type.Key).Order(StringComparer.Ordinal))));
        Assert.Equal(real.Order(), written.Order());
    }

    /// <summary>Prometheus' own tool, which the package of that name brings.</summary>
    [Fact]
    public async Task Prometheus_takes_the_alert_rules()
    {
        Assert.SkipUnless(PrometheusServer.Program is not null, "Prometheus is not installed: apt-get install prometheus (./test does it when it is run as root).");
        var check = await Command.RunAsync("promtool", ["check", "rules", Repository.At(Alerts)]);
        Assert.True(check.ExitCode == 0, check.Story);
    }

    [Fact]
    public void No_label_says_which_service_instance_or_deployment() => Assert.DoesNotContain(
        offered.Series,
        series => series.StartsWith("slipway_", StringComparison.Ordinal) && (series.Contains("checkout", StringComparison.Ordinal) || series.Contains("web-1", StringComparison.Ordinal) || series.Contains("=\"d-", StringComparison.Ordinal)));

    [Theory]
    [InlineData(Dashboard)]
    [InlineData(Alerts)]
    public void Queries_ask_for_metrics_and_labels_that_exist(string file)
    {
        var queries = Queries(file);
        Assert.NotEmpty(queries);
        Assert.All(queries, query =>
        {
            var names = Metric().Matches(query).Select(match => match.Value).ToHashSet();
            Assert.NotEmpty(names);
            Assert.All(names, name => Assert.True(name == "up" || offered.Types.ContainsKey(Family(name)), $"{name} in {query}"));
            var known = names.SelectMany(name => offered.Labels(Family(name))).Concat(["instance", "job", "le"]).ToHashSet();
            Assert.All(Labels(query), label => Assert.True(known.Contains(label), $"{label} in {query}"));
        });
    }

    [Fact]
    public void The_dashboard_shows_every_metric_of_ours_and_no_panel_is_empty()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Repository.At(Dashboard)));
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray().ToList();
        Assert.All(panels, panel => Assert.NotEmpty(panel.GetProperty("targets").EnumerateArray()));
        Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        var asked = Queries(Dashboard).SelectMany(query => Metric().Matches(query).Select(match => Family(match.Value))).ToHashSet();
        Assert.Empty(offered.Types.Keys.Where(name => name.StartsWith("slipway_", StringComparison.Ordinal)).Except(asked));
    }

    [Fact]
    public void Every_alert_has_a_chapter_and_every_chapter_an_alert()
    {
        var alerts = Regex.Matches(File.ReadAllText(Repository.At(Alerts)), @"- alert: (\w+)").Select(match => match.Groups[1].Value).ToList();
        var links = Regex.Matches(File.ReadAllText(Repository.At(Alerts)), @"runbook_url: docs/operations/alerts\.md#(\w+)").Select(match => match.Groups[1].Value);
        var chapters = Regex.Matches(File.ReadAllText(Repository.At("docs/operations/alerts.md")), @"^## (\w+)$", RegexOptions.Multiline).Select(match => match.Groups[1].Value);
        Assert.NotEmpty(alerts);
        Assert.Equal(alerts, chapters);
        Assert.Equal(alerts.Select(alert => alert.ToLowerInvariant()), links);
    }

    private static List<string> Queries(string file) => file == Alerts
        ? [.. Regex.Matches(File.ReadAllText(Repository.At(file)), "^ +expr: (.+)$", RegexOptions.Multiline).Select(match => match.Groups[1].Value)]
        : [.. JsonDocument.Parse(File.ReadAllText(Repository.At(file))).RootElement.GetProperty("panels").EnumerateArray()
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .Select(target => target.GetProperty("expr").GetString()!)];

    /// <summary>Labels that are selected or grouped by.</summary>
    private static IEnumerable<string> Labels(string query) =>
        Regex.Matches(query, @"(\w+)(=~|!~|!=|="")").Select(match => match.Groups[1].Value)
            .Concat(Regex.Matches(query, @"\b(by|on) \(([^)]*)\)").SelectMany(match => match.Groups[2].Value.Split(',', StringSplitOptions.TrimEntries)));

    private string Family(string name) => offered.Types.ContainsKey(name) ? name : Regex.Replace(name, "_(bucket|sum|count)$", "");

    [GeneratedRegex(@"^\| `(?<name>slipway_\w+)` \| (?<type>\w+) \| \w+ \| (?<labels>[^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\b(slipway_[a-z_]+|process_[a-z_]+|dotnet_[a-z_]+|up\b(?=\{))")]
    private static partial Regex Metric();

    [GeneratedRegex("[a-z]+")]
    private static partial Regex Word();
}
