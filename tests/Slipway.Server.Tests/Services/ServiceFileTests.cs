using System.Text;
using Slipway.Contracts.Services;
using Slipway.Server.Services;

namespace Slipway.Server.Tests.Services;

public sealed class ServiceFileTests
{
    private const string Head = "service: checkout\nrun: ./checkout\n";

    /// <summary>What follows the smallest file, and where what is wrong with it: line, column, a part of the sentence.</summary>
    public static TheoryData<string, int, int, string> WrongFields => new()
    {
        { "port: 70000", 3, 7, "whole number from 1 to 65535" },
        { "port: eighty", 3, 7, "whole number from 1 to 65535" },
        { "port: [80]", 3, 7, "found a list" },
        { "port: {a: 1}", 3, 7, "found keys" },
        { "port:", 3, 6, "nothing here" },
        { "port: 0", 3, 7, "found \"0\"" },
        { "prot: 80", 3, 1, "Did you mean \"port\"?" },
        { "enviroments: {}", 3, 1, "Did you mean \"environments\"?" },
        { "xyzzy: 1", 3, 1, "Known are: service, description" },
        { "run: ./other", 3, 1, "there twice, first at line 2, column 1" },
        { "unit: a.service", 3, 1, "Either run or unit" },
        { "unit: checkout", 3, 7, "systemd unit" },
        { "shell: yes", 3, 8, "true or false" },
        { "shell: \"true\"", 3, 8, "true or false" },
        { "user: a b", 3, 7, "name of a user" },
        { "type: Trigger", 3, 7, "deployment type" },
        { "description: \"\"", 3, 14, "text of up to 1000" },
        { "settings: { a: 1 }", 3, 1, "trigger has no settings" },
        { "settings: text", 3, 11, "settings of the deployment type" },
        { "verdict: { ignore: [disk, memroy] }", 3, 27, "restarts, newErrors, requestErrors" },
        { "verdict: { ignore: [\"metric:\"] }", 3, 21, "found \"metric:\"" },
        { "health: /healthz", 3, 9, "keys: http" },
        { "health: { http: healthz }", 3, 17, "begins with /" },
        { "health: { http: /, htpp: / }", 3, 20, "Did you mean \"http\"?" },
        { "health: { http: /, status: 99 }", 3, 28, "100 to 599" },
        { "health: { http: /, status: 299-200 }", 3, 28, "100 to 599" },
        { "health: { http: /, status: \"200,\" }", 3, 28, "100 to 599" },
        { "health: { status: 200 }", 3, 11, "status belongs to http" },
        { "health: { http: /, tcp: 80 }", 3, 20, "Only one of http, tcp and command" },
        { "health: { tcp: 65536 }", 3, 16, "0 to 65535" },
        { "health: { command: \"./a 'b\" }", 3, 20, "single quote" },
        { "health: { interval: 5 }", 3, 21, "a duration" },
        { "health: { interval: 0s }", 3, 21, "longer than 0s" },
        { "health: { interval: 5 s }", 3, 21, "a duration" },
        { "health: { deadline: 400d }", 3, 21, "a duration" },
        { "health: { timeout: 2m }", 3, 11, "longer (2m) than all of them" },
        { "health: { failures: 0 }", 3, 21, "1 to 1000" },
        { "health: { http: /, headers: { \"a b\": c } }", 3, 31, "name of a header" },
        { "stop: { signal: SIGKILL }", 3, 17, "SIGTERM, SIGINT or SIGQUIT" },
        { "stop: { grace: -1s }", 3, 16, "a duration" },
        { "drain: { wait: long }", 3, 16, "a duration" },
        { "prepare: { ahead: 1 }", 3, 19, "true or false" },
        { "prepare: { command: [] }", 3, 21, "a command" },
        { "prepare: { command: npm ci && npm test }", 3, 21, "means something only to a shell" },
        { "keep: { versions: 1 }", 3, 19, "2 to 1000" },
        { "keep: { disk: 2 gigabytes }", 3, 15, "a size such as" },
        { "keep: { disk: 99999999999TB }", 3, 15, "a size such as" },
        { "logs: { size: 10 }", 3, 15, "at least 1KB" },
        { "logs: { files: 0 }", 3, 16, "1 to 1000" },
        { "config: { 1A: b }", 3, 11, "no digit first" },
        { "config: { SLIPWAY_X: b }", 3, 11, "Slipway's own" },
        { "config: { A: }", 3, 14, "write \"\" for none" },
        { "config: { A: [1] }", 3, 14, "found a list" },
        { "config: [A]", 3, 9, "names with a value each" },
        { "files: { ../a: b }", 3, 10, "without .." },
        { "files: { /etc/passwd: b }", 3, 10, "relative" },
        { "files: { a: \"${OPEN\" }", 3, 13, "every ${ closed" },
        { "strategy: slowly", 3, 11, "all-at-once, rolling, canary, red-black or highlander" },
        { "strategy: { rolling: { batch: 0 } }", 3, 31, "share such as 25%" },
        { "strategy: { rolling: { batch: 101% } }", 3, 31, "share such as 25%" },
        { "strategy: { rolling: { size: 1 } }", 3, 24, "no key \"size\"" },
        { "strategy: { canary: { steps: [] } }", 3, 30, "1 to 20 steps" },
        { "strategy: { canary: { steps: [ { instances: 2 }, { instances: 2 } ] } }", 3, 23, "adds none" },
        { "strategy: { canary: { steps: [ { soak: 1 } ] } }", 3, 40, "a duration" },
        { "environments: { Prod: {} }", 3, 17, "an environment" },
        { "environments: { prod: x }", 3, 23, "keys: strategy" },
        { "environments: { prod: { autoDeploy: { } } }", 3, 37, "\"branch\" is missing" },
        { "environments: { prod: { autoDeploy: { branch: [] } } }", 3, 47, "name of a branch" },
        { "environments: { prod: { config: { SLIPWAY_A: 1 } } }", 3, 35, "Slipway's own" },
    };

    public static TheoryData<string, int, int, string> WrongFiles => new()
    {
        { "", 1, 1, "empty" },
        { "# only a comment\n", 1, 1, "empty" },
        { "checkout", 1, 1, "keys: service" },
        { "- a\n- b\n", 1, 1, "found a list" },
        { "run: ./a\n", 1, 1, "\"service\" is missing" },
        { "service: a\n", 1, 1, "Neither run nor unit" },
        { "service: Checkout\nrun: a\n", 1, 10, "lower-case letters" },
        { "service: a\nrun: b\nhealth:\n\thttp: /\n", 4, 1, "tab" },
        { "service: a\n\trun: b\n", 2, 1, "tab" },
        { "service: a\nrun: b\n---\nservice: c\n", 3, 1, "second document" },
        { "service: a\nrun: \"b\n", 3, 1, "not YAML" },
        { "service: a\nrun: b: c\n", 2, 7, "not YAML" },
        { "service: a\nrun: *b\n", 2, 6, "stands for nothing" },
        { "service: a\nrun: !!int 5\n", 2, 6, "Tags" },
        { "service: a\n? [x]\n: b\nrun: c\n", 2, 3, "A key must be a word" },
        { "service: a\nrun: b\u0001\n", 2, 7, "control character" },
        { "service: a\nrun: a | b\n", 2, 6, "only to a shell" },
        { "service: a\nunit: a.service\nshell: true\n", 3, 1, "shell belongs to run" },
    };

    [Theory]
    [MemberData(nameof(WrongFields))]
    public void A_wrong_field_is_named_with_its_line_and_column(string field, int line, int column, string sentence) =>
        AssertMistake(Head + field + "\n", line, column, sentence);

    [Theory]
    [MemberData(nameof(WrongFiles))]
    public void A_wrong_file_says_where(string file, int line, int column, string sentence) => AssertMistake(file, line, column, sentence);

    [Fact]
    public void Every_mistake_is_reported_at_once()
    {
        var refusal = Refused("service: a\nrun: b\nport: 0\nprot: 1\nhealth: { http: x, interval: 1 }\n");
        Assert.Equal(["line 3, column 7", "line 4, column 1", "line 5, column 17", "line 5, column 30"], refusal.Errors!.Keys.Order());
        Assert.Contains("4 errors", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void The_smallest_file_has_the_documented_defaults()
    {
        var definition = Read("service: checkout\nrun: ./checkout --port ${PORT}\nhealth: { http: /healthz }\n");
        Assert.Equal(["./checkout", "--port", "${PORT}"], definition.Run!);
        Assert.Equal("/healthz", definition.Health.Http);
        Assert.Equal(Duration.FromSeconds(60), definition.Health.Deadline);
        Assert.Equal("trigger", definition.Type);
        Assert.Equal(5, definition.Keep.Versions);
    }

    [Fact]
    public void The_whole_format_is_read()
    {
        var definition = Read("""
            service: checkout
            description: Takes the money
            team: payments
            type: trigger
            run: ["./checkout", "--port", "${PORT}"]
            user: checkout
            port: 8080
            health: { http: /healthz, status: "200-299, 401", contains: ok, headers: {X: y}, port: 9000, interval: 5s, timeout: 2s, deadline: 60s, settle: 1s, failures: 3 }
            stop: { signal: SIGINT, grace: 30s }
            drain: { wait: 2s, deadline: 10s }
            prepare: { ahead: true, command: npm ci, deadline: 10m }
            keep: { versions: 5, disk: 2GB }
            logs: { size: 10MB, files: 5 }
            config: { KEY: value, NUMBER: 8080, FLAG: true, EMPTY: "" }
            files: { config.yml: "text with ${KEY}" }
            strategy: all-at-once
            environments:
              production:
                strategy: { canary: { steps: [ {instances: 1, soak: 30s}, {instances: 25%} ], batch: 25% } }
                config: { KEY: other }
                autoDeploy: { branch: main }
              dev: { strategy: { rolling: { batch: 2, pause: 10s } } }
            """);
        Assert.Equal("200-299,401", definition.Health.Status);
        Assert.Equal(2L << 30, definition.Keep.Disk);
        Assert.Equal(["npm", "ci"], definition.Prepare.Command!);
        Assert.Equal([("EMPTY", ""), ("FLAG", "true"), ("KEY", "value"), ("NUMBER", "8080")], definition.Config.Select(pair => (pair.Key, pair.Value)));
        var production = definition.Environments[EnvironmentName.Parse("production")];
        Assert.Equal("main", production.AutoDeployBranch);
        Assert.Equal(["1", "25%"], Assert.IsType<Canary>(production.Strategy).Steps.Select(step => step.Instances.Value));
        Assert.Equal(Amount.Count(2), Assert.IsType<Rolling>(definition.Environments[EnvironmentName.Parse("dev")].Strategy).Batch);
    }

    [Fact]
    public void With_shell_run_is_one_line() =>
        Assert.Equal(["cd a && ./b | c"], Read("service: a\nrun: cd a && ./b | c\nshell: true\n").Run!);

    [Fact]
    public void Anchors_and_aliases_are_read() =>
        Assert.Equal("b", Read("service: a\nrun: c\nenvironments:\n  dev: &e { config: { A: b } }\n  prod: *e\n").Environments[EnvironmentName.Parse("prod")].Config["A"]);

    [Fact]
    public void Settings_of_another_type_are_kept_as_they_are()
    {
        var definition = Read("service: a\ntype: scripted\nsettings: { plan: [1, 2.5, true, null, \"3\", text], deep: { a: b } }\n");
        Assert.Equal("""{"plan":[1,2.5,true,null,"3","text"],"deep":{"a":"b"}}""", definition.Settings!.Value.GetRawText());
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    [InlineData('?')]
    [InlineData('-')]
    [InlineData('&')]
    [InlineData('!')]
    [InlineData('"')]
    [InlineData('\\')]
    public void A_file_of_one_hostile_character_is_refused_quickly(char c)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Refused(new string(c, 256 * 1024));
        Refused(string.Concat(Enumerable.Repeat(c + " ", 128 * 1024)));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"It took {clock.Elapsed}.");
    }

    [Fact]
    public void A_bomb_of_aliases_is_refused()
    {
        var file = new StringBuilder("service: a\nrun: b\nsettings:\n  l0: &l0 [x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 10; i++)
            file.Append(null, $"  l{i}: &l{i} [{string.Join(", ", Enumerable.Repeat($"*l{i - 1}", 9))}]\n");

        Assert.Contains("too large", Refused(file.ToString()).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        Assert.False(DefinitionReader.FromYaml([0x73, 0xff, 0xfe, 0x00]).Is(out _, out var refusal));
        Assert.Contains("UTF-8", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_is_checked_by_the_same_rules()
    {
        Assert.False(DefinitionReader.FromJson("""{"service":"a","run":["b"],"port":0,"health":{"http":"x","interval":"0s"}}"""u8).Is(out _, out var refusal));
        Assert.Equal(["health.http", "health.interval", "port"], refusal.Errors!.Keys.Order());
    }

    [Theory]
    [InlineData("""{"service":"a","run":["b"],"prot":1}""")]
    [InlineData("""{"service":"a","run":"b"}""")]
    [InlineData("""{"run":["b"]}""")]
    [InlineData("""{"service":"a","run":[null]}""")]
    [InlineData("""{"service":"a","run":["b"],"strategy":{"kind":"canary","steps":[null]}}""")]
    [InlineData("""{"service":"a","run":["b"],"environments":{"dev":null}}""")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("[]")]
    public void Json_that_says_something_else_is_refused(string json)
    {
        Assert.False(DefinitionReader.FromJson(Encoding.UTF8.GetBytes(json)).Is(out _, out var refusal));
        Assert.Equal("invalid_service_definition", refusal.Code);
    }

    private static ServiceDefinition Read(string yaml) =>
        DefinitionReader.FromYaml(Encoding.UTF8.GetBytes(yaml)).Is(out var definition, out var refusal) ? definition : throw new InvalidOperationException(refusal.Detail);

    private static Slipway.Server.Api.Refusal Refused(string yaml)
    {
        Assert.False(DefinitionReader.FromYaml(Encoding.UTF8.GetBytes(yaml)).Is(out _, out var refusal));
        Assert.Equal(("invalid_service_definition", 400), (refusal.Code, refusal.Status));
        return refusal;
    }

    private static void AssertMistake(string yaml, int line, int column, string sentence)
    {
        var (place, problems) = Assert.Single(Refused(yaml).Errors!);
        Assert.Equal($"line {line}, column {column}: ...{sentence}...", problems[0].Contains(sentence, StringComparison.Ordinal) ? $"{place}: ...{sentence}..." : $"{place}: {problems[0]}");
    }
}
