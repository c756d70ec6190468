using System.Text;
using System.Text.Json;
using Slipway.Contracts;
using Slipway.Contracts.Services;
using Slipway.Server.Services;
using Slipway.Server.Services.Format;

namespace Slipway.Server.Tests.Checks.Declared;

/// <summary>Checks in slipway.yaml.</summary>
public sealed class CheckFormatTests
{
    private const string Head = "service: shop\nrun: ./shop\nchecks:\n";

    private const string All = """
        service: shop
        run: ./shop
        checks:
          - name: smoke
            http:
              - { url: "https://${HOST}/healthz?a=1", contains: ok }
              - { url: "${BASE}/order", method: POST, headers: { Content-Type: text/plain }, body: "x", status: "200,201", within: 5s }
            timeout: 1m
            interval: 5s
            failures: 2
            successes: 3
            dryRun: true
          - name: error-rate
            when: during
            prometheus: { address: "http://prom:9090", query: "sum(rate(errors[1m]))", below: 0.01, for: 2m }
          - name: canary
            canary:
              address: http://prom:9090
              config: { name: shop, metrics: [ { name: latency, query: { type: prometheus, metricName: l, customInlineTemplate: 'version="${scope}"' }, analysisConfigurations: { canary: { effectSize: { allowedIncrease: 1.2 } } } } ] }
              lifetime: 10m
              marginal: 40.5
          - { name: approve-me, manual: { question: "Does it look right?" } }
          - { name: settle, when: before, wait: 5m }
          - { name: other, webhook: { url: "https://ci/ask" } }
          - { name: warm, command: ["./smoke.sh", "${SLIPWAY_VERSION}"] }
          - { name: there, when: during, command: ./smoke.sh, where: instances }
          - { name: deadlocks, when: during, logs: { pattern: "dead.?lock" } }
          - { name: errors, logs: { level: error, atMost: 5, per: 1m, for: 3m } }
        environments:
          production:
            checks: [ { name: settle, wait: 1h }, { name: soaked, when: before, healthy: { in: staging, for: 24h } } ]
        """;

    /// <summary>The check's line, and where what is wrong with it: column, a part of the sentence.</summary>
    public static TheoryData<string, int, string> Wrong => new()
    {
        { "- { wait: 5m }", 3, "\"name\" is missing" },
        { "- { name: a b, wait: 5m }", 11, "letters, digits and dashes" },
        { "- { name: a }", 3, "asks nothing. Add one of: http" },
        { "- { name: a, wait: 5m, manual: { question: b } }", 24, "A check is one of" },
        { "- { name: a, when: later, wait: 5m }", 20, "before, during or after" },
        { "- { name: a, http: [ { url: /healthz } ] }", 29, "an absolute http or https address" },
        { "- { name: a, http: [ { url: \"ftp://a/b\" } ] }", 29, "an absolute http or https address" },
        { "- { name: a, http: [ { url: \"http://u:p@a/b\" } ] }", 29, "an absolute http or https address" },
        { "- { name: a, http: [ { url: \"http://${A/b\" } ] }", 29, "an absolute http or https address" },
        { "- { name: a, http: [ { url: \"http://a\", method: get } ] }", 49, "GET, HEAD, POST" },
        { "- { name: a, http: [ { url: \"http://a\", statsu: 200 } ] }", 41, "Did you mean \"status\"?" },
        { "- { name: a, http: [ { url: \"http://a\", within: 20s }, { url: \"http://a\", within: 6s } ] }", 14, "within 25 s" },
        { "- { name: a, http: [] }", 20, "a list of 1 to 10 requests" },
        { "- { name: a, prometheus: { address: \"http://p\", query: x } }", 26, "Neither below nor above" },
        { "- { name: a, prometheus: { address: \"http://p\", query: x, below: 1, above: 2 } }", 69, "both below the one and above" },
        { "- { name: a, prometheus: { address: \"http://p\", query: x, below: NaN } }", 66, "a number" },
        { "- { name: a, timeout: 1m, prometheus: { address: \"http://p\", query: x, below: 1, for: 2m } }", 14, "longer than its timeout" },
        { "- { name: a, interval: 1ms, http: [ { url: \"http://a\" } ] }", 14, "more than 1000 tries" },
        { "- { name: a, wait: 5m, timeout: 1m }", 24, "timeout means nothing for wait" },
        { "- { name: a, manual: { question: b }, failures: 1 }", 39, "failures means nothing for manual: it is asked once" },
        { "- { name: a, manual: { question: \"\" } }", 34, "text of up to 1000" },
        { "- { name: a, canary: { address: \"http://p\", config: { metrics: [] } } }", 53, "has no metrics" },
        { "- { name: a, canary: { address: \"http://p\", config: \"{\" } }", 53, "not a canary config" },
        { "- { name: a, canary: { address: \"http://p\", config: { metrics: [ { name: m, query: { type: datadog } } ] } } }", 53, "only \"type\": \"prometheus\"" },
        { "- { name: a, canary: { address: \"http://p\", pass: 101, config: { metrics: [ { name: m, query: { type: prometheus } } ] } } }", 51, "0 to 100" },
        { "- { name: a, canary: { address: \"http://p\", pass: 10, config: { metrics: [ { name: m, query: { type: prometheus } } ] } } }", 22, "marginal must not be more" },
        { "- { name: a, canary: { address: \"http://p\", step: 1500ms, config: { metrics: [ { name: m, query: { type: prometheus } } ] } } }", 51, "whole seconds" },
        { "- { name: a, when: before, healthy: { in: Staging, for: 1h } }", 43, "an environment: 1 to 63 lower-case letters" },
        { "- { name: a, when: before, healthy: { in: staging, for: 1 hour } }", 57, "longer than 0s" },
        { "- { name: a, when: before, healthy: { in: staging, for: 0s } }", 57, "longer than 0s" },
        { "- { name: a, when: before, healthy: { in: staging } }", 37, "\"for\" is missing" },
        { "- { name: a, healthy: { in: staging, for: 1h } }", 14, "Add when: before" },
        { "- { name: a, when: before, healthy: { in: staging, for: 1h }, successes: 2 }", 63, "successes means nothing for healthy: the time decides" },
        { "- { name: a, command: \"a | b\" }", 23, "means something only to a shell" },
        { "- { name: a, logs: {} }", 20, "one of pattern and level" },
        { "- { name: a, logs: { pattern: a, level: error } }", 20, "one of pattern and level" },
        { "- { name: a, logs: { pattern: \"(?=a)\" } }", 31, "without look-around" },
        { "- { name: a, logs: { pattern: \"(\" } }", 31, "a regular expression" },
        { "- { name: a, logs: { level: info } }", 29, "warning or error" },
        { "- { name: a, when: before, logs: { level: error } }", 14, "Use during or after" },
        { "- { name: a, when: before, command: ./a, where: instance }", 14, "Use during or after" },
        { "- { name: a, wait: 5m, where: instance }", 24, "where is for command only" },
        { "- { name: a, wait: 5m, dryRun: yes }", 32, "true or false" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_mistake_is_named_with_its_place(string check, int column, string says)
    {
        Assert.False(Read(Head + "  " + check).Is(out _, out var refusal));
        var (place, problems) = Assert.Single(refusal!.Errors!);
        Assert.True(problems.Any(problem => problem.Contains(says, StringComparison.Ordinal)), string.Join(' ', problems));
        Assert.Equal($"line 4, column {column + 2}", place);
    }

    [Fact]
    public void Two_of_one_name_are_one_too_many()
    {
        Assert.False(Read(Head + "  - { name: a, wait: 1m }\n  - { name: a, wait: 2m }").Is(out _, out var refusal));
        Assert.Contains("2 checks named a", refusal!.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("checks: [ { name: a, when: before, healthy: { in: staging, for: 1h } } ]", "Write it into environments, under the one that comes after staging")]
    [InlineData("environments: { staging: { checks: [ { name: a, when: before, healthy: { in: staging, for: 1h } } ] } }", "Name the environment before it")]
    public void No_environment_asks_itself(string checks, string says)
    {
        Assert.False(Read("service: shop\nrun: ./shop\n" + checks).Is(out _, out var refusal));
        Assert.Contains(says, refusal!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void One_for_every_environment_is_fine_where_the_one_it_asks_has_its_own() => Assert.True(Read("""
        service: shop
        run: ./shop
        checks: [ { name: a, when: before, healthy: { in: staging, for: 1h } } ]
        environments: { staging: { checks: [ { name: a, wait: 1s } ] } }
        """).Is(out _, out var refusal), refusal?.Detail);

    [Theory]
    [InlineData(60, 70, 10)]
    [InlineData(24 * 60, (24 * 60) + 10, 174)]
    public void Healthy_waits_ten_minutes_longer_than_its_time_and_looks_five_hundred_times_at_most(int minutes, int timeout, int interval)
    {
        var check = new CheckDefinition { Name = "a", Healthy = new() { In = EnvironmentName.Parse("staging"), For = Duration.FromMinutes(minutes) } };
        Assert.Equal((TimeSpan.FromMinutes(timeout), TimeSpan.FromSeconds(interval)), (check.TimeoutOrDefault, check.IntervalOrDefault));
    }

    [Fact]
    public void Everything_is_read_and_survives_json()
    {
        Assert.True(Read(All).Is(out var definition, out var refusal), refusal?.Detail);
        Assert.Equal(["smoke", "error-rate", "canary", "approve-me", "settle", "other", "warm", "there", "deadlocks", "errors"], definition!.Checks.Select(check => check.Name));
        Assert.Equal(("200,201", "POST", Duration.FromSeconds(5)), (definition.Checks[0].Http![1].Status, definition.Checks[0].Http![1].Method, definition.Checks[0].Http![1].Within));
        Assert.Equal((CheckMoment.During, 0.01, Duration.FromMinutes(2)), (definition.Checks[1].When, definition.Checks[1].Prometheus!.Below!.Value, definition.Checks[1].Prometheus!.For));
        Assert.Equal(CheckPlace.Instances, definition.Checks[7].Where);
        Assert.Equal((CountedLevel.Error, 5, Duration.FromMinutes(1)), (definition.Checks[9].Logs!.Level, definition.Checks[9].Logs!.AtMost, definition.Checks[9].Logs!.Per));
        Assert.Equal((75, 40.5), (definition.Checks[2].Canary!.Pass, definition.Checks[2].Canary!.Marginal));
        Assert.Equal(Duration.FromMinutes(60), definition.Environments[EnvironmentName.Parse("production")].Checks[0].Wait);
        Assert.Equal(new HealthyCheck { In = EnvironmentName.Parse("staging"), For = Duration.FromMinutes(24 * 60) }, definition.Environments[EnvironmentName.Parse("production")].Checks[1].Healthy);
        var json = Json(definition);
        Assert.True(DefinitionReader.FromJson(Encoding.UTF8.GetBytes(json)).Is(out var again, out refusal), refusal?.Detail);
        Assert.Equal(json, Json(again!));
    }

    [Fact]
    public void A_canary_config_may_be_its_own_json_as_text()
    {
        var yaml = Head + """
              - name: a
                canary:
                  address: http://p
                  config: |
                    { "metrics": [ { "name": "m", "query": { "type": "prometheus", "metricName": "m" } } ] }
            """;
        Assert.True(Read(yaml).Is(out var definition, out var refusal), refusal?.Detail);
        Assert.Equal("m", definition!.Checks[0].Canary!.Config.GetProperty("metrics")[0].GetProperty("name").GetString());
    }

    private static Slipway.Server.Api.Outcome<ServiceDefinition> Read(string yaml) => DefinitionReader.FromYaml(Encoding.UTF8.GetBytes(yaml));

    private static string Json(ServiceDefinition definition) => JsonSerializer.Serialize(definition, ContractsJson.Default.ServiceDefinition);
}
